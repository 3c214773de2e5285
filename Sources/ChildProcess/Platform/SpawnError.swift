import Glibc

/// A child could not be started.
package struct SpawnError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The reason in one line: `nosuch: command not found`.
  package let message: String

  /// The system's error number (`errno`), such as ENOENT.
  package let code: Int32

  /// The same as `message`.
  package var description: String { message }
}

extension SpawnError {
  /// Words what the system said about starting a program, for someone who typed its name.
  ///
  /// The system gives one number for whatever went wrong in the child: whether the directory or the
  /// program is at fault is found out by looking.
  init(_ error: SystemError, command: ChildCommand, path: String) {
    if let fault = command.directory.flatMap(Self.directoryFault) {
      self = fault
      return
    }
    let fault = Self.programFault(error, path: command.seenFromHere(path))
    self.init(message: "\(command.shownProgram): \(fault)", code: error.code)
  }

  /// No file of that name is in PATH.
  static func notFound(_ command: ChildCommand) -> SpawnError {
    SpawnError(message: "\(command.shownProgram): command not found", code: ENOENT)
  }

  /// The file of that name in PATH is not executable.
  static func notPermitted(_ command: ChildCommand) -> SpawnError {
    SpawnError(message: "\(command.shownProgram): permission denied", code: EACCES)
  }

  /// C ends a string at a null byte: what follows would be cut off in silence.
  static func nullByte(_ command: ChildCommand) -> SpawnError {
    SpawnError(
      message: "\(command.shownProgram): an argument contains a null byte", code: EINVAL)
  }

  /// The input file cannot be opened.
  static func input(_ path: String, _ error: SystemError) -> SpawnError {
    SpawnError(message: "cannot open input file \(path): \(error.text)", code: error.code)
  }

  /// Why the program cannot start in a directory; `nil` if it can.
  static func directoryFault(_ directory: String) -> SpawnError? {
    func fault(_ reason: String, _ code: Int32) -> SpawnError {
      SpawnError(message: "cannot start in \(directory): \(reason)", code: code)
    }
    switch FileKind(of: directory) {
    case .missing: return fault("no such directory", ENOENT)
    case .executable, .notExecutable: return fault("not a directory", ENOTDIR)
    case .directory:
      return access(directory, X_OK) == 0 ? nil : fault("permission denied", EACCES)
    }
  }

  private static func programFault(_ error: SystemError, path: String) -> String {
    switch error.code {
    case EACCES: FileKind(of: path) == .directory ? "is a directory" : "permission denied"
    case ENOENT: FileKind(of: path) == .missing ? "no such file" : "its interpreter was not found"
    case E2BIG: "argument list too long"
    case ENOEXEC: "cannot execute this binary file"
    case EMFILE, ENFILE: "cannot start: too many open files"
    case EAGAIN: "cannot start: too many processes"
    case ENOMEM: "cannot start: out of memory"
    default: "cannot start: \(error.text)"
    }
  }
}
