/// One of the settings: all that `set`, completion and help know of it.
struct Setting: Sendable {
  typealias Change = @Sendable (inout Settings.Values) -> Void

  let name: String
  /// What it can be, in words; empty if it is a number.
  let values: [String]
  /// What else it can be; empty if there is nothing.
  var number = ""
  let summary: String
  /// Its value as text.
  let text: @Sendable (Settings.Values) -> String
  /// What a text changes; `nil` if it is none of its values.
  let change: @Sendable (String) -> Change?

  /// What the value must be, for a message.
  var rule: String {
    let all = (number.isEmpty ? [] : [number]) + values
    let first = all.dropLast().joined(separator: ", ")
    return "\(name) is \(first.isEmpty ? "" : first + " or ")\(all.last ?? "")"
  }

  /// The same for help.
  var written: String {
    ((number.isEmpty ? [] : ["N"]) + values).joined(separator: "|")
  }

  static let all = [
    choice("clock", \.clock, "virtual: time jumps to when something is due"),
    choice("color", \.color, "colour for states; auto is on a terminal, unless NO_COLOR is set"),
    flag("echo", \.isEchoing, "write each command before it runs"),
    choice("editor", \.editor, "the keys of the line editor"),
    flag("json", \.isJSON, "answers as JSON"),
    flag("notify", \.notifies, "tell when a future ends (on at the prompt)"),
    choice("on_error", \.onError, "what an error does to a script"),
    flag("quiet", \.isQuiet, "drop the answers of submit, map --no-wait, pool and shutdown"),
    Setting(
      name: "seed", values: ["default"], number: "a whole number",
      summary: "the same random sleeps in every run",
      text: { $0.seed.map { "\($0)" } ?? "default" },
      change: { text in
        if text == "default" { return { $0.seed = nil } }
        guard let seed = UInt64(text) else { return nil }
        return { $0.seed = seed }
      }),
    Setting(
      name: "workers", values: [], number: "a number from 1 to 2047",
      summary: "the size of the pool main, before it is made",
      text: { $0.workers.map { "\($0)" } ?? "default" },
      change: { text in
        guard let workers = Int(text), (1...2047).contains(workers) else { return nil }
        return { $0.workers = workers }
      }),
  ]

  /// The setting of that name; `-` and `_` are alike.
  static func named(_ name: String) -> Setting? {
    let name = name.replacing("-", with: "_")
    return all.first { $0.name == name }
  }

  private static func flag(
    _ name: String, _ path: any WritableKeyPath<Settings.Values, Bool> & Sendable,
    _ summary: String
  ) -> Setting {
    Setting(
      name: name, values: ["on", "off"], summary: summary,
      text: { $0[keyPath: path] ? "on" : "off" },
      change: { text in
        guard text == "on" || text == "off" else { return nil }
        return { $0[keyPath: path] = text == "on" }
      })
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: any WritableKeyPath<Settings.Values, Choice> & Sendable,
    _ summary: String
  ) -> Setting {
    Setting(
      name: name, values: Choice.allCases.map(\.rawValue), summary: summary,
      text: { $0[keyPath: path].rawValue },
      change: { text in
        guard let choice = Choice(rawValue: text) else { return nil }
        return { $0[keyPath: path] = choice }
      })
  }
}
