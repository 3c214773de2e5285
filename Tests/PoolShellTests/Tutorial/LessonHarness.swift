import TestSupport
import Testing

@testable import PoolShell

/// Lessons that are only for tests.
enum FixtureLessons {
  static let first = """
    # One future

    What this is about, in a line
    and another.

    ## Start something

    Submit something that returns `x`.

    ```poolsh virtual
    > submit return x
    [1] return x
    ```

    ```goal
    futures 1
    ```

    ```hint
    submit and a command
    ```

    It has a number.

    ## Look at it

    Look at its value.

    ```poolsh continue
    > result 1
    x
    ```

    ```goal
    seen 1
    ```

    ```hint
    result and a number
    ```

    That was its value.

    ## Define something

    Define `greet`.

    ```poolsh continue
    > def greet name {
    .   return "hello $name"
    . }
    ```

    ```goal
    defined greet
    ```

    ```hint
    def NAME { … }
    ```

    Done with it.

    """

  static let second = """
    # Two of them

    Another one.

    ## Make a pool

    Make a pool of two.

    ```poolsh virtual
    > pool new -w 2
    pool pool1: 2 workers
    ```

    ```goal
    pool workers 2
    ```

    ```hint
    pool new
    ```

    A pool.

    ## What you have learnt

    Pools are made.

    """

  /// Its first answer leaves something unfinished.
  static let waiting = """
    # At a gate

    About gates.

    ## Stand there

    Submit something that stands at a gate, and sleep for a while.

    ```poolsh virtual
    > submit { gate g; return x }
    [1] { gate g; return x }
    > sleep 0.1
    ```

    ```goal
    futures 1 running
    ```

    ```hint
    gate g
    ```

    ## Open it

    Open it.

    ```poolsh continue
    > open g
    ```

    ```goal
    value x
    ```

    ```hint
    open g
    ```

    """

  static let chinese = """
    # 一个期值

    这是关于什么的，
    就这些。

    ## 开始

    提交一个返回 `x` 的命令。

    ```poolsh virtual
    > submit return x
    [1] return x
    ```

    ```goal
    futures 1
    ```

    ```hint
    submit 加一个命令
    ```

    它有一个编号。

    """

  static let words = LessonFiles.File(
    name: "words", text: EmbeddedLessons.files.text(of: "words", in: "en") ?? "")

  static let files = LessonFiles([
    "en": [
      .init(name: "01-one-future", text: first), .init(name: "02-two-of-them", text: second), words,
    ],
    "zh": [
      .init(name: "01-one-future", text: chinese),
      .init(name: "words", text: "- lesson: 第 {lesson} 课（共 {lessons} 课）：{title}\n"),
    ],
  ])
}

/// Runs a script in a session that has the lessons of the tests.
func runLessons(
  _ script: String, files: LessonFiles = FixtureLessons.files, isInteractive: Bool = false,
  path: String? = nil, configure: @escaping @Sendable (inout Settings.Values) -> Void = { _ in }
) async throws -> ShellRun {
  try await onShellThread {
    var values = Settings.Values()
    configure(&values)
    let shell = ShellUnderTest(values, isMerged: true)
    shell.session.tutorial.use(files)
    if let path { shell.session.tutorial.remember(in: path) }
    return try inTime("the end of: \(script)") { shell.run(script, isInteractive: isInteractive) }
  }
}

/// A lesson of one step, to try its goal.
func lesson(goal: String, answer: String = "print x") -> LessonFiles {
  LessonFiles([
    "en": [
      .init(
        name: "01-goal",
        text: """
          # Goal

          About.

          ## Step

          Do it.

          ```poolsh
          > \(answer)
          ```

          ```goal
          \(goal)
          ```

          ```hint
          Do it.
          ```

          """), FixtureLessons.words,
    ]
  ])
}

/// A learner who looks at the lesson before each line.
final class Learner: LineSource {
  let name = "learner"
  weak var shell: Shell?
  private let next: (LessonRun, Session) throws -> String?
  private let first: String
  private var hasBegun = false

  /// - Parameters:
  ///   - first: The line that starts the lesson.
  ///   - next: Given the lesson; `nil` ends the input.
  init(_ first: String, _ next: @escaping (LessonRun, Session) throws -> String?) {
    self.first = first
    self.next = next
  }

  func nextLine(continuing: Bool) throws -> [UInt8]? {
    guard hasBegun else {
      hasBegun = true
      return Array(first.utf8)
    }
    guard let session = shell?.inner?.session, let lesson = session.lesson else { return nil }
    return try next(lesson, session).map { Array($0.utf8) }
  }
}
