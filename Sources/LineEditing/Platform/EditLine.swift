import CEditline

/// libedit's editor, with Swift's types.
///
/// Belongs to one thread: the one that reads. Everything that libedit asks for is asked of the delegate.
final class EditLine {
  /// What answers libedit's questions, during `read`.
  protocol Delegate: AnyObject {
    /// Waits for a key; `nil` ends the reading.
    func nextKey() -> UInt32?
    /// Does the command of ours that a key is bound to.
    func perform(key: UInt32) -> After
    /// What stands before the line.
    var prompt: [Unicode.Scalar] { get }
    /// An entry of the history, 0 the newest.
    func historyEntry(_ index: Int) -> [Unicode.Scalar]?
  }

  /// What a command of ours has done.
  enum After {
    case nothing
    case refresh
    case beep
    /// The line is complete, with a newline as its last character.
    case newline
    case end
  }

  private let handle: OpaquePointer
  private let bridge: Bridge

  /// What libedit's callbacks get: texts must stay where they are until the next call.
  fileprivate final class Bridge {
    weak var delegate: (any Delegate)?
    var prompt = CText([])
    var entry = CText([])
  }

  /// Makes an editor on the standard input and output, which must be a terminal; `nil` if libedit refuses, or
  /// `.editrc` has switched it off.
  ///
  /// - Parameters:
  ///   - program: The name by which `.editrc` knows us.
  ///   - isVi: Whether to begin with vi's keys.
  init?(program: String, isVi: Bool) {
    ceditline_set_locale()
    let bridge = Bridge()
    let callbacks = ceditline_callbacks(
      context: Unmanaged.passUnretained(bridge).toOpaque(),
      next_key: { context, key in
        guard let next = Bridge.from(context).delegate?.nextKey() else { return false }
        key?.pointee = next
        return true
      },
      command: { context, key in
        (Bridge.from(context).delegate?.perform(key: key) ?? .beep).constant
      },
      prompt: { context in
        let bridge = Bridge.from(context)
        bridge.prompt = CText(bridge.delegate?.prompt ?? [])
        return bridge.prompt.pointer
      },
      history: { context, index in
        let bridge = Bridge.from(context)
        guard let entry = bridge.delegate?.historyEntry(index) else { return nil }
        bridge.entry = CText(entry)
        return bridge.entry.pointer
      })
    guard let handle = ceditline_open(program, callbacks, isVi) else { return nil }
    self.handle = handle
    self.bridge = bridge
    if ceditline_is_disabled(handle) { return nil }
  }

  var delegate: (any Delegate)? {
    get { bridge.delegate }
    set { bridge.delegate = newValue }
  }

  // MARK: Keys

  var isVi: Bool { ceditline_is_vi(handle) }

  /// Sets the keys, without any binding made before.
  func setEditor(vi isVi: Bool) { ceditline_set_editor(handle, isVi) }

  /// Binds a key to a command of ours; also in vi's command mode.
  func bind(_ key: UInt32) {
    ceditline_bind(handle, key, false)
    if isVi { ceditline_bind(handle, key, true) }
  }

  /// Binds a key to a command of libedit; also in vi's command mode.
  func bind(_ key: UInt32, to name: String) {
    ceditline_bind_builtin(handle, key, name, false)
    if isVi { ceditline_bind_builtin(handle, key, name, true) }
  }

  /// Binds a key in vi's command mode alone.
  func bindInCommandMode(_ key: UInt32) { ceditline_bind(handle, key, true) }

  /// Has a key do nothing in vi's command mode.
  func unbindInCommandMode(_ key: UInt32) {
    ceditline_bind_builtin(handle, key, "ed-unassigned", true)
  }

  // MARK: Reading and drawing

  /// Reads a line: returns when a command says so, or there is no more key.
  ///
  /// The terminal stays in its mode for editing, so that what is typed ahead is not echoed.
  ///
  /// - Returns: Whether there is a line, which then has a newline as its last character.
  func read() -> Bool { ceditline_read(handle) }

  func setRaw(_ isRaw: Bool) { ceditline_set_raw(handle, isRaw) }
  func resize() { ceditline_resize(handle) }

  /// Draws prompt and line anew, from where the cursor of the terminal stands.
  ///
  /// In vi's command mode a cursor behind the last character is put onto it, as after each command.
  func redraw() { ceditline_redraw(handle) }

  /// Writes to the terminal, in order with what libedit writes.
  func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { ceditline_write(handle, $0.baseAddress, $0.count) }
  }
  func write(_ text: String) { write(Array(text.utf8)) }

  // MARK: The line

  /// The characters of the line, and how many of them stand before the cursor.
  var line: (text: [Unicode.Scalar], cursor: Int) {
    var (count, cursor) = (0, 0)
    guard let start = ceditline_line(handle, &count, &cursor) else { return ([], 0) }
    let text = UnsafeBufferPointer(start: start, count: count).map {
      Unicode.Scalar($0) ?? "\u{FFFD}"
    }
    return (text, cursor)
  }

  func insert(_ text: some Sequence<Unicode.Scalar>) {
    CText(text.filter { $0 != "\0" }).withPointer { ceditline_insert(handle, $0) }
  }

  /// Puts another text in the place of the line, with the cursor at its end.
  func replace(with text: some Sequence<Unicode.Scalar>) {
    CText(text.filter { $0 != "\0" }).withPointer { ceditline_replace(handle, $0) }
  }

  /// Deletes characters before the cursor.
  func delete(_ count: Int) { ceditline_delete(handle, count) }

  /// Moves the cursor; stops at the ends of the line.
  func move(_ distance: Int) { ceditline_move(handle, distance) }
}

extension EditLine.Bridge {
  fileprivate static func from(_ context: UnsafeMutableRawPointer?) -> EditLine.Bridge {
    guard let context else { preconditionFailure("libedit has lost its context") }
    return Unmanaged<EditLine.Bridge>.fromOpaque(context).takeUnretainedValue()
  }
}

extension EditLine.After {
  fileprivate var constant: ceditline_after {
    switch self {
    case .nothing: CEDITLINE_NOTHING
    case .refresh: CEDITLINE_REFRESH
    case .beep: CEDITLINE_BEEP
    case .newline: CEDITLINE_NEWLINE
    case .end: CEDITLINE_END
    }
  }
}

/// Characters as C has them: ended by 0, and at one place as long as this lives.
private final class CText {
  private let characters: UnsafeMutableBufferPointer<UInt32>

  init(_ text: [Unicode.Scalar]) {
    characters = .allocate(capacity: text.count + 1)
    for (index, scalar) in text.enumerated() { characters[index] = scalar.value }
    characters[text.count] = 0
  }

  deinit { characters.deallocate() }

  /// Where they are, for whoever keeps this meanwhile.
  var pointer: UnsafePointer<UInt32>? { UnsafePointer(characters.baseAddress) }

  func withPointer(_ body: (UnsafePointer<UInt32>?) -> Void) {
    withExtendedLifetime(self) { body(pointer) }
  }
}
