/// A text that is not a command of the language.
package struct SyntaxError: Error, Sendable {
  /// One line: what is wrong, and what would be right.
  package var message: String
  /// Where it is wrong; for something never closed, where it was opened.
  package var place: Place?
  /// True if the input ended inside an open quote, block or substitution, or after `&&` or `||`.
  package var isIncomplete: Bool

  package init(message: String, place: Place?, isIncomplete: Bool = false) {
    self.message = message
    self.place = place
    self.isIncomplete = isIncomplete
  }
}
