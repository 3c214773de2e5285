import CPlatform
import Glibc

extension ChildCommand {
  /// Opens what the child will read; `nil` is what this process reads.
  func openInput() throws(SpawnError) -> FileDescriptor? {
    guard input != .inherit else { return nil }
    var path = "/dev/null"
    do throws(SystemError) {
      guard case .file(let file) = input else { return try .nullDevice() }
      path = file
      return try FileDescriptor(reading: file)
    } catch {
      throw SpawnError.input(path, error)
    }
  }

  /// Starts the program at `path`, known to the guardian if it must not outlive us.
  func start(
    _ path: String, input: FileDescriptor?, outputs: [FileDescriptor]
  ) throws(SystemError) -> ChildControl {
    let place = diesWithThread ? Guardian.shared.reserve() : nil
    do throws(SystemError) {
      let processID = try spawn(path, input: input, outputs: outputs, place: place)
      return ChildControl(processID: processID, leadsGroup: newProcessGroup, place: place)
    } catch {
      if let place { Guardian.shared.release(place) }
      throw error
    }
  }

  /// Starts the program at `path`.
  ///
  /// - Parameters:
  ///   - path: The program's file, as the child sees it.
  ///   - input: Standard input; `nil` inherits.
  ///   - outputs: Standard output and standard error; empty inherits both.
  ///   - place: Where the guardian finds it.
  /// - Returns: The child's process id.
  /// - Throws: `SystemError` with what `exec` or the system said.
  private func spawn(
    _ path: String, input: FileDescriptor?, outputs: [FileDescriptor], place: Guardian.Place?
  ) throws(SystemError) -> Int32 {
    var request = SpawnRequest(
      path: path, arguments: [program] + arguments, environment: environment,
      directory: directory, streams: [input] + outputs, newProcessGroup: newProcessGroup,
      takesTerminal: takesTerminal, diesWithThread: diesWithThread, place: place)
    do throws(SystemError) {
      return try Self.spawnOnceFree(request)
    } catch {
      guard error.code == ENOEXEC else { throw error }
      // No format the kernel knows and no #! line: by tradition that is a script for sh.
      if FileKind.isBinary(seenFromHere(path)) { throw error }
      request.path = "/bin/sh"
      request.arguments = ["sh", path] + arguments
      return try Self.spawnOnceFree(request)
    }
  }

  /// Starts a program that may have been written by this process a moment ago.
  ///
  /// A child that another thread is just starting holds copies of all our files until its `exec`,
  /// also of a script that we have written and closed, and nothing that is open for writing can be
  /// started (ETXTBSY). That passes within milliseconds. After half a second it is an error: somebody
  /// else is writing the file.
  private static func spawnOnceFree(_ request: SpawnRequest) throws(SystemError) -> Int32 {
    for _ in 0..<100 {
      do throws(SystemError) {
        return try request.spawn()
      } catch {
        guard error.code == ETXTBSY else { throw error }
        usleep(5_000)
      }
    }
    return try request.spawn()
  }
}
