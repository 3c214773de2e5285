/// Waiting for keys, and what happens meanwhile.
extension LineEditor: EditLine.Delegate {
  var prompt: [Unicode.Scalar] { shownPrompt }

  func historyEntry(_ index: Int) -> [Unicode.Scalar]? {
    let entries = history.entries
    return index < entries.count ? Array(entries[entries.count - 1 - index].unicodeScalars) : nil
  }

  /// The next key for libedit.
  ///
  /// What was pasted becomes a key whose command inserts it: libedit may be in the middle of another command (`d` of vi,
  /// Alt-X), which remembers places of the line as addresses. Who reads a key for something else gets nothing else.
  func nextKey() -> UInt32? {
    pasted = nil
    while let event = nextEvent() {
      let isLiteral = previousKey == Control.v
      switch event {
      case .character(let scalar): return pass(scalar.value)
      // It would be put into the line as a character.
      case .key(let key): return pass(isLiteral ? Control.escape : key.rawValue)
      case .paste(let text) where isLiteral: insertAndRedraw(text)
      case .paste(let text):
        pasted = text
        return pass(Key.paste.rawValue)
      }
    }
    return nil
  }

  private func pass(_ key: UInt32) -> UInt32 {
    previousKey = previousKey == Control.v ? 0 : key
    return key
  }

  /// The next event; `nil` once the reading has ended.
  func nextEvent() -> KeyDecoder.Event? {
    if let event = pushedBack {
      pushedBack = nil
      return event
    }
    guard outcome == nil else { return nil }
    if decoder.isEmpty, !input.wait(milliseconds: 0, forWake: false).hasKeys { settle() }
    defer { eraseHint() }
    while outcome == nil {
      guard let event = decoder.next(isOver: false) ?? waitForInput() else { continue }
      if !heedSignal(in: event) { return event }
    }
    return nil
  }

  /// Does what Ctrl-C and Ctrl-Z ask for, which come as keys while a line is edited.
  ///
  /// - Returns: Whether the event was one of them.
  private func heedSignal(in event: KeyDecoder.Event) -> Bool {
    guard case .character(let scalar) = event, scalar.value != 0, previousKey != Control.v else {
      return false
    }
    switch scalar.value {
    case signalCharacters.interrupt: heed(.interrupt)
    case signalCharacters.suspend: heed(.suspend)
    default: return false
    }
    return true
  }

  /// Nothing more is typed for now: what is on the screen is put right.
  private func settle() {
    if !isFirstKey, mayBeDamaged { repaint() }
    isFirstKey = false
    drawHint()
  }

  /// How long the rest of an escape sequence may take; then it was the Escape key.
  private static let patience: Int32 = 50
  /// Text is drawn above the line no oftener than that, in milliseconds.
  private static let pace: UInt64 = 10

  /// Waits for something to happen, and deals with all that is no key.
  private func waitForInput() -> KeyDecoder.Event? {
    let sinceShown = TerminalDevice.milliseconds - lastShown
    let isTooEarly = sinceShown < Self.pace
    let waitsForRest = !decoder.isEmpty && (!decoder.isPasting || isPasteGivenUp)
    let timeout =
      waitsForRest ? Self.patience : isTooEarly ? Int32(Self.pace - sinceShown) : nil
    let readiness = input.wait(milliseconds: timeout, forWake: !isTooEarly)
    if readiness.hasKeys {
      let bytes = input.read(most: decoder.isPasting ? 4096 : 1)
      if bytes.isEmpty { outcome = .end }
      decoder.feed(bytes)
    } else if waitsForRest, !readiness.isWoken {
      return endWaitingForRest()
    }
    if readiness.isWoken { readMail() }
    return nil
  }

  /// Whether Ctrl-C was the last that came of a paste: should its end be lost, that is the way out.
  private var isPasteGivenUp: Bool {
    signalCharacters.interrupt != 0
      && decoder.lastPasted.map(UInt32.init) == signalCharacters.interrupt
  }

  private func endWaitingForRest() -> KeyDecoder.Event? {
    guard decoder.isPasting else { return decoder.next(isOver: true) }
    decoder.abandonPaste()
    heed(.interrupt)
    return nil
  }

  private func readMail() {
    let mail = inbox.take()
    if !mail.text.isEmpty { showAbove(mail.text) }
    for signal in mail.signals { heed(signal) }
  }

  private func heed(_ signal: EditorInbox.Signal) {
    switch signal {
    case .interrupt: leaveLine("^C", .interrupted)
    case .close: leaveLine("", .closed)
    case .resize: resized()
    case .suspend: suspend()
    case .resume: resumed()
    }
  }

  /// Ends the reading, below the line as it stands there.
  private func leaveLine(_ mark: String, _ outcome: Outcome) {
    if shownPrompt != linePrompt {  // a search is given up
      erase()
      shownPrompt = linePrompt
      line.redraw()
    }
    goToEnd()
    line.write(mark + "\r\n")
    self.outcome = outcome
  }

  // MARK: Suspending

  private func suspend() {
    let cursor = line.line.cursor
    goToEnd()
    line.write("\u{1B}[?2004l\r\n")
    line.setRaw(false)
    inbox.ignoreNextResume()
    stopProcess()
    line.move(cursor - line.line.cursor)
    resumed()
  }

  /// Somebody else has used the terminal: the line is drawn on a row of its own.
  private func resumed() {
    refreshModes()
    line.resize()
    drawnSize = TerminalDevice.size
    line.write("\u{1B}[?2004h\r")
    line.redraw()
    drawHint()
  }
}
