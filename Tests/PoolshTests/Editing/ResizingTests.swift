import TestSupport
import Testing

/// What a window shows that changes its size while a line is edited.
@Suite(.serialized, .fewAtOnce) struct ResizingTests {
  private let long = "print 0123456789012345678901234567890123456789"

  @Test func aLineIsWrappedAnew() async throws {
    try await inAWindow({ ($0.columns, $0.rows) = (60, 10) }) { terminal in
      try terminal.run("print above")
      try terminal.type(long)
      try terminal.expect("> " + long, column: 48)
      for columns in [30, 20, 55, 25, 60] {
        try terminal.resize(columns: columns, rows: 10)
        try terminal.settle()
        #expect(terminal.edited.filter { $0 != "\n" } == "> " + long, "\(terminal.picture)")
        #expect(terminal.screen.transcript.count { $0 == "above" } == 1, "\(terminal.picture)")
      }
    }
  }

  /// xterm cuts its rows instead: who takes it for one that rewraps erases what stands above.
  @Test func nothingAboveIsLostWhereRowsAreCut() async throws {
    try await inAWindow({
      ($0.columns, $0.rows, $0.reflow) = (60, 12, .cuts)
      $0.environment = ["XTERM_VERSION": "XTerm(379)"]
    }) { terminal in
      for number in 0..<3 { try terminal.run("print above \(number)") }
      try terminal.type(long)
      try terminal.expect("> " + long, column: 48)
      for columns in [30, 20, 55] {
        try terminal.resize(columns: columns, rows: 12)
        try terminal.settle()
        #expect(terminal.edited.filter { $0 != "\n" } == "> " + long, "\(terminal.picture)")
        for number in 0..<3 {
          #expect(terminal.screen.text.contains("\nabove \(number)\n"), "\(terminal.picture)")
        }
      }
    }
  }
}
