import ChildProcess

/// Answers for people.
struct TextRenderer: Renderer {
  func write(_ report: Report, to writer: Output.Writer) throws {
    switch report {
    case .mapItem(let id, _, let ending): try writeMapItem(id, ending, to: writer)
    case .tagged(let tag, let report): try writer.tagged(tag) { try write(report, to: $0) }
    case .completed(let id, let ending): try writeCompleted(id, ending, to: writer)
    case .result(_, let value), .won(_, let value), .value(_, let value):
      try value.write(to: writer)
    case .dropped(let output): try output.write(to: writer)
    case .log(_, let output): try write(output, to: writer)
    case .followed(_, let stream, let bytes): try write(bytes, of: stream, to: writer)
    case .liveLines(let output): try write(output.tagged, of: output.stream, to: writer)
    case .jobs(let jobs): try writer.out(JobTable.text(jobs, columns: writer.columns))
    case .lesson(let report): try write(report, to: writer)
    default: try writer.out(text(report))
    }
  }

  func withBytes(of report: Report, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
    switch report {
    case .submitted(let future): LineBytes.with(id: future.id, future.task, body)
    case .printed(let line): LineBytes.with(id: nil, line, body)
    default: return false
    }
    return true
  }

  private func writeMapItem(_ id: Int, _ ending: FutureEnding, to writer: Output.Writer) throws {
    switch ending {
    case .finished(let value): try value.write(to: writer)
    case .failed(let error):
      error.errorOutput?.forEachChunk { writer.err($0) }
      writer.err("\(.id(id)) \("error:", .error) \(error.line)\n")
    case .cancelled: writer.err("\(.id(id)) \(.state(.cancelled))\n")
    case .skipped(let reason): writer.err("\(.id(id)) \("skipped:", .skipped) \(reason)\n")
    }
  }

  private func writeCompleted(_ id: Int, _ ending: FutureEnding, to writer: Output.Writer) throws {
    switch ending {
    case .finished(let value) where value.isEmpty:
      if case .output(let output) = value { try output.write(to: writer) }
      try writer.out(id: id, "finished", .finished)
    case .finished(let value):
      // What it wrote to standard error comes before the line, not into it.
      if case .output(let output) = value { output.writeError(to: writer) }
      try writer.out(id: id)
      try value.withoutError.write(to: writer)
      if value.lastByte != UInt8(ascii: "\n"), value.isRaw { try writer.out("\n") }
    case .failed(let error):
      error.errorOutput?.forEachChunk { writer.err($0) }
      try writer.out(id: id, "error:", .error, " \(error.line)")
    case .cancelled: try writer.out(id: id, "cancelled", .cancelled)
    case .skipped(let reason): try writer.out(id: id, "skipped:", .skipped, " \(reason)")
    }
  }

  private func text(_ report: Report) -> StyledText {
    switch report {
    case .submitted(let future): submittedText(future)
    case .submittedAll(let futures): futures.map(submittedText).joined()
    case .mapped(let ids): mappedText(ids)
    case .state(_, let state): "\(.state(state))\n"
    case .cancelled(let answers): answers.map(cancelText).joined()
    case .killed(let answers): answers.map(killText).joined()
    case .info(let details): JobTable.text(details)
    default: StyledText(plainText(report))
    }
  }

  private func plainText(_ report: Report) -> String {
    switch report {
    case .waited(let done, let notDone):
      "done: \(IdList.text(done))\nnot done: \(IdList.text(notDone))\n"
    case .exception(_, let message): (message ?? "none") + "\n"
    case .predicate(_, _, let answer): "\(answer)\n"
    case .shutDown(let pool, let cancelled):
      "pool \(pool): shut down" + (cancelled.map { ", \($0) cancelled" } ?? "") + "\n"
    case .paused(let command, let pool): "pool \(pool): \(command)d\n"
    case .pool(_, let pool): "pool \(pool.name): \(Counted.text(pool.workers, "worker"))\n"
    case .pools(let pools): PoolTableText.text(pools)
    case .workers(let names): names.map { $0 + "\n" }.joined()
    case .printed(let line), .page(_, let line): line + "\n"
    case .explained(let explanations): explanations.map { $0.text + "\n" }.joined()
    case .settings(let settings): settings.map { "\($0.name) \($0.value)\n" }.joined()
    case .history(let entries): entries.map { historyText($0.number, $0.line) }.joined()
    case .echo(let command): "> " + command.replacing("\n", with: "\n. ") + "\n"
    case .mapItem, .tagged, .completed, .result, .won, .value, .dropped, .submitted, .submittedAll,
      .mapped, .state, .cancelled, .killed, .jobs, .info, .log, .followed, .liveLines,
      .lesson:
      ""
    }
  }

  private func submittedText(_ future: SubmittedFuture) -> StyledText {
    "\(.id(future.id)) \(future.task)\n"
  }

  private func mappedText(_ ids: [Int]) -> StyledText {
    guard let first = ids.first, let last = ids.last else { return "0 futures\n" }
    let range = first == last ? "\(first)" : "\(first)..\(last)"
    return "\("[\(range)]", .id) \(Counted.text(ids.count, "future"))\n"
  }

  /// What follows the first line stands under it.
  private func historyText(_ number: Int, _ entry: String) -> String {
    let number = "\(number)  "
    let indent = String(repeating: " ", count: number.utf8.count)
    return number + entry.replacing("\n", with: "\n" + indent) + "\n"
  }

  private func cancelText(_ answer: CancelAnswer) -> StyledText {
    if answer.isCancelled { return "\(.id(answer.id)) \(.state(.cancelled))\n" }
    let reason = answer.worker.map { "running on \($0)" } ?? "already \(answer.state.rawValue)"
    return "\(.id(answer.id)) not cancelled: \(reason)\n"
  }

  // MARK: Errors and notices

  func text(of diagnostic: Diagnostic) -> StyledText {
    unfiltered(diagnostic).map(Printable.text)
  }

  private func unfiltered(_ diagnostic: Diagnostic) -> StyledText {
    let hint = diagnostic.hint.map { " (\(shortened($0)))" } ?? ""
    let message = shortened(diagnostic.message) + hint
    let id: StyledText = diagnostic.id.map { "\(.id($0)) " } ?? ""
    guard diagnostic.kind == .error else {
      return "\(id)\(withState(message, diagnostic.state))\n"
    }
    guard let place = diagnostic.place, diagnostic.showsSource else {
      return "\(id)\("error:", .error) \(message)\n"
    }
    let position = "\(place.file):\(place.line):\(place.column):"
    return "\(position, .place) \("error:", .error) \(message)\n" + SourceLine.text(place)
  }
}

extension TextRenderer {
  private func withState(_ message: String, _ state: FutureRecord.State?) -> StyledText {
    guard let state, message.hasPrefix(state.rawValue) else { return StyledText(message) }
    return "\(.state(state))\(String(message.dropFirst(state.rawValue.count)))"
  }

  /// A message that quotes a word of a megabyte is still one line that can be read.
  private func shortened(_ message: String) -> String {
    message.utf8.count <= 1000 ? message : message.prefix(500) + " … " + message.suffix(100)
  }
}

/// Text that cannot draw on the terminal: it may quote anything that was read.
enum Printable {
  /// Control characters but newlines and tabs become `^[` and the like, as in `cat -v`.
  static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var printable = ""
    for scalar in text.unicodeScalars {
      if !isControl(scalar) {
        printable.unicodeScalars.append(scalar)
      } else if scalar.value < 0x80, let shown = Unicode.Scalar(scalar.value ^ 0x40) {
        printable += "^\(shown)"
      } else {
        printable += "\\x" + String(scalar.value, radix: 16)
      }
    }
    return printable
  }

  /// The same on one line.
  static func line(_ text: String) -> String {
    Self.text(text.replacing("\n", with: " ").replacing("\t", with: " "))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
  }
}

extension Value {
  /// Whether it is written without a newline of ours.
  fileprivate var isRaw: Bool {
    switch self {
    case .bytes, .output: true
    default: false
    }
  }

  /// The same without what goes to standard error.
  fileprivate var withoutError: Value {
    if case .output(let output) = self { .output(output.withoutError) } else { self }
  }
}

/// A count with its noun.
enum Counted {
  static func text(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// The line of an error with a caret under the place.
enum SourceLine {
  /// A line longer than this is shown in part.
  private static let width = 200

  static func text(_ place: Place) -> StyledText {
    let characters = Array(place.text)
    let column = min(place.column - 1, characters.count)
    let first = column > width / 2 && characters.count > width ? column - width / 2 : 0
    let shown = characters[first..<min(first + width, characters.count)]
    // Tabs stay tabs, so that the caret stands where the eye expects it.
    let indent = shown.prefix(column - first).map { $0 == "\t" ? "\t" : " " }
    return "  \(String(shown))\n  \(indent.joined())\("^", .error)\n"
  }
}
