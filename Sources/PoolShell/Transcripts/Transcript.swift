/// The sessions in a Markdown document: what is typed, and what is answered.
///
/// A session stands in fenced blocks with the tag `poolsh`. Lines after the prompts `> ` and, for the rest of a command,
/// `. ` are typed; the lines below are what comes back.
///
/// ````
/// ```poolsh
/// > def greet name {
/// .   print "hello $name"
/// . }
/// > greet you
/// hello you
/// ```
/// ````
package struct Transcript: Sendable, Equatable {
  /// A word behind the tag of a block.
  package enum Word: String, Sendable, CaseIterable {
    /// It is the same session as that of the block before.
    case `continue`
    /// At least one of its commands fails.
    case fails
    /// It is not run.
    case skip
    /// The lines of one answer come in any order.
    case unordered
    /// Its session runs in virtual time.
    case virtual
  }

  /// What is typed until the next prompt, and what comes until then.
  package struct Exchange: Sendable, Equatable {
    /// The number of the line of the document that is typed first, from 1.
    package var line: Int
    /// The lines that are typed, without their prompts.
    package var typed: [String]
    /// The lines that come back.
    ///
    /// `...` alone on a line stands for any lines, `[..]` in a line for anything.
    package var expected: [String] = []

    /// The number of the first line of what comes back.
    package var expectedLine: Int { line + typed.count }

    /// What is typed, as one text.
    package var command: String { typed.joined(separator: "\n") }
  }

  /// One fenced block.
  package struct Block: Sendable, Equatable {
    package var words: Set<Word>
    /// The number of the line of the opening fence, from 1.
    package var line: Int
    /// What every line is indented by.
    package var indent: String
    /// Never empty, but in a block that is skipped.
    package var exchanges: [Exchange] = []

    package func has(_ word: Word) -> Bool { words.contains(word) }
  }

  /// Why a document is none that can be run.
  package struct Problem: Sendable, Equatable {
    /// The number of the line of the document, from 1.
    package var line: Int
    package var message: String
  }

  /// All that is wrong with a document, in order of its lines.
  package struct Malformed: Error, Equatable {
    package var problems: [Problem]
  }

  /// In the order of the document, those that are skipped included.
  package var blocks: [Block] = []

  /// The tag of the blocks.
  package static let tag = "poolsh"

  /// The blocks of each session; those that are skipped are not there.
  package var sessions: [[Block]] {
    blocks.filter { !$0.has(.skip) }.reduce(into: []) { sessions, block in
      if block.has(.continue), !sessions.isEmpty {
        sessions[sessions.count - 1].append(block)
      } else {
        sessions.append([block])
      }
    }
  }
}
