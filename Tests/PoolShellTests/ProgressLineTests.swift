import Testing

@testable import PoolShell

/// What is said of a wait, for every width.
@Suite("Progress line")
struct ProgressLineTests {
  private static let futures = ProgressLine.Subject.futures(
    .init(
      done: 7, total: 20, running: 3, failed: 1, left: .seconds(21), longest: "[7] sleep 5"))

  @Test(
    arguments: [
      (80, "[======>           ]  7/20  3 running  1 failed  12s  ~21s left  [7] sleep 5"),
      (76, "[=====>           ]  7/20  3 running  1 failed  12s  ~21s left  [7] sleep 5"),
      (70, "[=====>         ]  7/20  3 running  1 failed  12s  ~21s left"),
      (75, "[=====>          ]  7/20  3 running  1 failed  12s  ~21s left  [7] sleep 5"),
      (65, "[====>         ]  7/20  3 running  1 failed  12s  ~21s left"),
      (50, "7/20  3 running  1 failed  12s  ~21s left"),
      (45, "7/20  3 running  1 failed  12s  ~21s left"),
      (40, "7/20  3 running  1 failed  12s"),
      (25, "7/20  1 failed  12s"),
      (15, "7/20  1 failed"), (5, "7/20"), (3, ""), (0, ""), (-1, ""),
    ])
  func everyWidth(_ columns: Int, _ text: String) {
    let line = ProgressLine(subject: Self.futures, elapsed: .seconds(12))
    #expect(line.text(columns: columns) == text)
  }

  @Test func isNeverTooWide() {
    for columns in 0...200 {
      for subject in [Self.futures, .plain("exec " + String(repeating: "語x", count: 100))] {
        let text = ProgressLine(subject: subject, elapsed: .seconds(100)).text(columns: columns)
        #expect(DisplayWidth.columns(text) <= columns, "\(columns): \(text)")
      }
    }
  }

  @Test(
    arguments: [
      (.futures(.init(done: 0, total: 1)), "[>                 ]  0/1  5s"),
      (.futures(.init(done: 1, total: 1)), "[==================]  1/1  5s"),
      (.futures(.init(done: 12, total: nil, running: 4)), "12 done  4 running  5s"),
      (.time("sleep 10s", .seconds(10)), "[=========>        ]  sleep 10s  5s  ~5s left"),
      (
        .time("sleep 5.4s", .milliseconds(5400)), "[================> ]  sleep 5.4s  5s  ~1s left"
      ),
      (.time("sleep 0s", .zero), "[==================]  sleep 0s  5s  ~0s left"),
      (.plain("gate g"), "5s  gate g"), (.plain("callbacks"), "5s  callbacks"),
      (
        .plain("exec " + String(repeating: "x", count: 80)),
        "5s  exec " + String(repeating: "x", count: 68) + "..."
      ),
      (.plain("sh a\nb\tc\u{1B}[2J"), "5s  sh a b c^[[2J"),
    ] as [(ProgressLine.Subject, String)])
  func everySubject(_ subject: ProgressLine.Subject, _ text: String) {
    #expect(ProgressLine(subject: subject, elapsed: .seconds(5)).text(columns: 80) == text)
  }

  @Test(
    arguments: [
      (0, "0s"), (59, "59s"), (60, "1m00s"), (125, "2m05s"), (3600, "1h00m"), (7380, "2h03m"),
      (86400, "1d00h"), (273_600, "3d04h"),
    ])
  func clock(_ seconds: Int, _ text: String) {
    #expect(Durations.clock(.seconds(seconds)) == text)
  }

  @Test(
    arguments: [
      (0, 5, 10, nil), (5, 5, 10, .seconds(10)), (4, 1, 10, .seconds(2.5)), (5, 0, 10, .zero),
    ] as [(Int, Int, Int, Duration?)])
  func estimate(_ ended: Int, _ unfinished: Int, _ elapsed: Int, _ left: Duration?) {
    #expect(
      ProgressCount.estimate(ended: ended, unfinished: unfinished, elapsed: .seconds(elapsed))
        == left)
  }
}
