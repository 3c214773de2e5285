/// `save`: writes a future's value to a file.
struct SaveCommand: Command {
  static let declaration = Declaration(
    name: "save", group: .tasks, summary: "write a future's value to a file, byte for byte",
    usage: "save ID FILE",
    operands: [.one(.future(.done)), .one(.file)],
    example: .init(
      script:
        "submit exec printf 'a b'\nsave 1 /tmp/poolsh-save-example\nread /tmp/poolsh-save-example",
      output: "[1] exec printf 'a b'\na b"))

  private let record: FutureRecord
  private let path: String

  init(_ arguments: inout Arguments) throws {
    guard case .word(let selector)? = arguments.nextNode else {
      throw arguments.error("ID is missing")
    }
    arguments.dropNode()
    let ids = try Selector(arguments.context).select(arguments.context.expander.items(selector))
    guard ids.count == 1 else {
      throw arguments.error("needs exactly one future, not \(ids.count)")
    }
    record = ids[0]
    path = try arguments.word("FILE")
  }

  func run(in context: Context) throws -> Outcome {
    let value = try context.result(of: record)
    try FileSystem.write(path) { write in
      switch value {
      case .nothing: break
      case .bytes(let bytes): try bytes.withUnsafeBytes(write)
      case .output(let output): try output.forEachChunk(write)
      default:
        var line = try value.text() + "\n"
        try line.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
      }
    }
    return .nothing
  }
}
