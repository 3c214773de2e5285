/// What `{1}` and `{2}` name.
enum ItemNaming: Equatable {
  /// The items of the first and the second list.
  case lists
  /// The first and the second of so many items; the last job may have fewer.
  case group(of: Int)
  /// The columns of an item; a line may have fewer than others.
  case columns

  /// Whether a position that is not there is an empty text, and no error.
  func allows(_ position: Int) -> Bool {
    switch self {
    case .lists: false
    case .group(let size): abs(position) <= size
    case .columns: true
    }
  }

  /// What is wrong with a position that is not there.
  func missing(_ position: Int, of count: Int) -> String {
    switch self {
    case .lists, .columns:
      "there is no list {\(position)}: only \(Counted.text(count, "list")) of items"
    case .group(let size): "there is no item {\(position)}: a job has \(size)"
    }
  }
}

/// `{%}`: which worker of its pool runs a job.
///
/// It is known when the job runs, so it stands in the command as a variable whose name nobody can write.
enum JobSlot {
  static let name = "%"

  /// The number of a worker, from 1; 1 also for what is none.
  static func number(of name: String) -> Int {
    guard let bar = name.lastIndex(of: "_"), let index = Int(name[name.index(after: bar)...]) else {
      return 1
    }
    return index + 1
  }
}
