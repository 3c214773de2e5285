import TestSupport
import Testing

@testable import PoolShell

/// `fetch`: files, a small server, and ports where nobody listens.
@Suite("fetch", .timeLimit(.minutes(5)))
struct FetchTests {
  @Test("the value is the content, byte for byte")
  func file() async throws {
    let folder = try TemporaryFolder()
    let bytes = Array(UInt8.min...UInt8.max)
    let path = try folder.write("bytes", bytes)
    let shell = ShellUnderTest()
    let run = try await runShell("fetch file://\(path)", in: shell) { _ in }
    #expect(shell.output.bytes == bytes && run.errors.isEmpty && run.status == 0)
  }

  @Test("--output writes it to a file; then there is no value")
  func toFile() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("in", "hello\n")
    try await expectShell(
      """
      let x = $(fetch file://\(path) --output \(folder.file("out")))
      print "<$x>"
      read \(folder.file("out"))
      submit fetch -o \(folder.file("two")) file://\(path)
      as_completed
      """, "<>\nhello\n[1] fetch -o \(folder.file("two")) file://\(path)\n[1] finished")
    #expect(try folder.bytes("two") == Array("hello\n".utf8))
  }

  @Test("what fails is told in curl's words, and leaves no file")
  func failures() async throws {
    let folder = try TemporaryFolder()
    let script = "fetch file:///no/such --output \(folder.file("out"))"
    let run = try await runShell(script)
    #expect(
      Expected.matches(run.errors, "-c:1:1: error: curl: (37) [..]/no/such[..]\n[..]\n[..]\n"),
      "\(run.errors)")
    #expect(run.status == 3 && run.output.isEmpty && !folder.exists("out"))
    try await expectShell(
      "try { fetch nosuch://x } catch { print $error }", "curl: (1) Protocol \"nosuch\" [..]")
  }

  @Test("a port where nobody listens")
  func refused() async throws {
    let port = try ReservedPort()
    try await expectShell(
      "submit fetch http://127.0.0.1:\(port.number)/\nexception 1",
      "[1] fetch http://127.0.0.1:\(port.number)/\ncurl: (7) Failed to connect to 127.0.0.1 port "
        + "\(port.number) after [..]")
  }

  @Test("HTTP: the body, redirections, and a status of 400 or more")
  func http() async throws {
    let server = try HTTPServer(["/": "hello\n", "/from": "-> /", "/gone": "404 Not Found"])
    let url = "http://127.0.0.1:\(server.port)"
    try await expectShell("fetch \(url)/", "hello")
    try await expectShell("fetch \(url)/from", "hello")
    try await expectShell(
      "try { fetch \(url)/gone } catch { print $error }",
      "curl: (22) The requested URL returned error: 404[..]")
    try await expectShell("map fetch ::: \(url)/ \(url)/from", "hello\nhello")
    try await expectShell(
      "submit { fetch \(url)/; return v }\nresult 1",
      "[1] { fetch \(url)/; return v }\nv")
  }

  @Test("--timeout, and the job's own limit")
  func timeout() async throws {
    let silent = try ReservedPort(isListening: true)
    let url = "http://127.0.0.1:\(silent.number)/"
    try await expectShell(
      "try { fetch \(url) --timeout 50ms } catch { print $error }", "curl: (28) [..]")
    try await expectShell(
      "set quiet on\nsubmit --timeout 50ms fetch \(url)\nexception 1", "timed out after 0.05s")
  }
}
