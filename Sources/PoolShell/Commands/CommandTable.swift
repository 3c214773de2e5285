/// All commands, in the order in which `help` lists them within their groups.
enum CommandTable {
  static let all: [any (Command & SendableMetatype).Type] = [
    SubmitCommand.self, MapCommand.self, RetryCommand.self,

    WaitCommand.self, AsCompletedCommand.self, ResultCommand.self, RaceCommand.self,
    ExceptionCommand.self,
    RunningCommand.self, DoneCommand.self, CancelledCommand.self, FailedCommand.self,
    StateCommand.self, CancelCommand.self, KillCommand.self, OnDoneCommand.self, JobsCommand.self,
    InfoCommand.self, ExplainCommand.self, LogCommand.self, FollowCommand.self,

    PoolCommand.self, WithCommand.self, PoolsCommand.self, WorkersCommand.self,
    PauseCommand.self, ResumeCommand.self, ShutdownCommand.self,

    SleepCommand.self, PrintCommand.self, ReturnCommand.self, FailCommand.self, ExecCommand.self,
    ShCommand.self, FetchCommand.self, SaveCommand.self, ReadCommand.self, PrimesCommand.self,
    FibonacciCommand.self, GateCommand.self, OpenCommand.self,

    LetCommand.self, DefCommand.self, ForCommand.self, TryCommand.self, RepeatCommand.self,
    TimeCommand.self,

    SourceCommand.self, CodeCommand.self, SetCommand.self, HistoryCommand.self,
    HelpCommand.self,
    VersionCommand.self, ExitCommand.self, BangCommand.self,

    TutorialCommand.self, HintCommand.self, AnswerCommand.self, SkipCommand.self,
    ResetCommand.self, PlayCommand.self, NextCommand.self, ProgressCommand.self,
  ]

  /// Every name that can be typed, aliases included.
  static let names = all.flatMap { [$0.declaration.name] + $0.declaration.aliases }

  private typealias Entry = (name: String, command: any (Command & SendableMetatype).Type)

  /// By bucket, mostly one or two in each: a dictionary's hash of a name took 300 instructions, twice for a `submit`.
  private static let buckets: [[Entry]] = {
    var buckets = [[Entry]](repeating: [], count: 128)
    for command in all {
      for name in [command.declaration.name] + command.declaration.aliases {
        buckets[bucket(of: name)].append((name, command))
      }
    }
    return buckets
  }()

  private static func bucket(of name: String) -> Int {
    var name = name
    return name.withUTF8 { utf8 in
      guard let first = utf8.first, let last = utf8.last else { return 0 }
      return (utf8.count &* 7 &+ Int(first) &* 31 &+ Int(last)) & 127
    }
  }

  private static func exactly(_ name: String) -> (any (Command & SendableMetatype).Type)? {
    for entry in buckets[bucket(of: name)] where entry.name == name { return entry.command }
    return nil
  }

  /// The command of that name; `-` and `_` are alike.
  static func command(named name: String) -> (any (Command & SendableMetatype).Type)? {
    exactly(name) ?? (name.contains("-") ? exactly(name.replacing("-", with: "_")) : nil)
  }
}
