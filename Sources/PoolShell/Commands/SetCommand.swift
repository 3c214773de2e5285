/// `set`: the session's settings.
struct SetCommand: Command {
  static let declaration = Declaration(
    name: "set", group: .session, summary: "tell or change the settings",
    usage: "set [NAME [VALUE]]",
    operands: [.one(.setting), .one(.settingValue)],
    isSessionOnly: true,
    details: Help.columns(
      Setting.all.map { setting in
        return ("  \(setting.name) \(setting.written)", setting.summary)
      }
    ).joined(separator: "\n"),
    example: .init(
      script: "set quiet on\nsubmit print x\nwait", output: "x\ndone: 1\nnot done: none\n"))

  /// What is told if nothing is changed.
  private let told: [Setting]
  private let change: Setting.Change?

  init(_ arguments: inout Arguments) throws {
    guard let name = try arguments.optionalWord() else {
      (told, change) = (Setting.all, nil)
      return
    }
    guard let setting = Setting.named(name.text) else {
      let names = Setting.all.map(\.name)
      let near = Spelling.nearest(to: name.text, among: names)
      throw arguments.error(
        "no setting \(name.text)",
        hint: near.map { "did you mean \($0)?" } ?? "there are: \(names.joined(separator: ", "))",
        at: name.range)
    }
    told = [setting]
    guard let value = try arguments.optionalWord()?.text else {
      change = nil
      return
    }
    guard let change = setting.change(value) else {
      throw arguments.error("\(setting.rule), not \(value)")
    }
    if setting.name == "workers",
      arguments.context.session.pools.existing(PoolTable.mainName) != nil
    {
      throw arguments.error("pool main is made already", hint: "make another: pool new -w \(value)")
    }
    if setting.name == "clock", setting.text(arguments.context.session.settings.current) != value,
      let unfinished = arguments.context.session.whatKeepsClock()
    {
      throw arguments.error("the clock cannot be changed while \(unfinished)")
    }
    self.change = change
  }

  func run(in context: Context) throws -> Outcome {
    let session = context.session
    guard let change else {
      let values = session.settings.current
      return .answer(.settings(told.map { ($0.name, $0.text(values)) }))
    }
    let wereNoticesOn = session.settings.current.notifies
    session.settings.update(change)
    session.use(session.settings.current.clock)
    if told.first?.name == "seed" { context.draws.reset() }
    let areNoticesOn = session.settings.current.notifies
    if areNoticesOn != wereNoticesOn { session.notices.set(on: areNoticesOn, in: session) }
    return .nothing
  }
}
