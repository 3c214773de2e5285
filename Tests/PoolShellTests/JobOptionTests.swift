import TestSupport
import Testing

@testable import PoolShell

/// `--env`, `--cwd` and `--input`: how the programs of a job are run.
@Suite("Options of a job", .timeLimit(.minutes(5)))
struct JobOptionTests {
  @Test(
    "its programs have them, all of them and no others",
    arguments: [
      ShellCase(
        "set quiet on\nsubmit --env A=1 --env B='x y' sh 'echo \"$A-$B\"'\nresult 1", "1-x y"),
      ShellCase(
        "set quiet on\nsubmit --env A=1 --env A=2 --env=A=3=4 sh 'echo $A'\nresult 1", "3=4"),
      ShellCase("set quiet on\nsubmit --env A= sh 'echo \"<$A>\"'\nresult 1", "<>"),
      ShellCase("map --env N=7 --cwd /usr sh 'echo {} $N $(pwd)' ::: a b", "a 7 /usr\nb 7 /usr"),
      ShellCase(
        "set quiet on\nsubmit --cwd /usr { let a = $(exec pwd); sh 'cd /; pwd'; print $a; exec pwd }\nresult 1",
        "/\n/usr\n/usr"),
      ShellCase("set quiet on\nsubmit --env ZZ=1 exec true\nsh 'echo \"<$ZZ>\"'", "<>"),
      ShellCase("map --cwd /usr exec ./bin/basename ::: /a/b", "b"),
    ])
  func used(expected: ShellCase) async throws { try await expected.check() }

  @Test("each program reads the input from its beginning")
  func input() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("in", "one\ntwo\n")
    try await expectShell(
      "set quiet on\nsubmit --input \(path) { exec cat; sh 'head -n 1' }\nresult 1\n"
        + "map --input \(path) sh 'echo {}; wc -l' ::: x",
      "one\ntwo\none\nx\n2")
  }

  @Test(
    "what cannot be is refused at once, and nothing is submitted",
    arguments: [
      ("--env A", "--env must be NAME=VALUE, not A"), ("--env =x", "--env must be NAME=VALUE"),
      ("--cwd /no/such/thing", "--cwd /no/such/thing: no such directory"),
      ("--cwd /etc/passwd", "--cwd /etc/passwd: not a directory"),
      ("--input /no/such/thing", "--input /no/such/thing: No such file or directory"),
      ("--input /usr", "--input /usr: Is a directory"), ("--env", "--env needs K=V"),
    ])
  func refused(options: String, message: String) async throws {
    for command in ["submit \(options)", "map \(options)"] {
      let tail = options == "--env" ? "" : " print x" + (command.hasPrefix("map") ? " ::: 1" : "")
      let run = try await runShell(command + tail)
      #expect(run.errors.contains(message) && run.status == 3 && run.output.isEmpty, "\(run)")
    }
  }
}
