import InMemoryLogging
import Logging
import TestSupport

/// What the library logs in this process, all tests together: look for words of your own.
enum CapturedLog {
  /// One handler for each message: Thread Sanitizer reports one that is read between two messages.
  private static let handlers = OrderLog<InMemoryLogHandler>()

  /// The logging system can be bootstrapped once; other labels are not kept.
  private static let bootstrap: Void = LoggingSystem.bootstrap { label in
    guard label == "concurrent.futures" else { return SwiftLogNoOpLogHandler() }
    let handler = InMemoryLogHandler()
    handlers.append(handler)
    return handler
  }

  /// Call it before what logs.
  static func start() { bootstrap }

  /// The entries whose message contains `text`, each as `level: message`.
  static func lines(containing text: String) -> [String] {
    handlers.entries.flatMap(\.entries)
      .filter { $0.message.description.contains(text) }
      .map { "\($0.level): \($0.message)" }
  }
}
