import ChildProcess
import Glibc

extension FileSystem {
  /// Makes the folders that a file is to be in, for the user alone.
  static func makeFolders(above path: String) throws {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw Failure(folder, SystemError.last.text) }
    try makeFolders(above: folder)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw Failure(folder, SystemError.last.text)
    }
  }
}
