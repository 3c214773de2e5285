import Testing
import TestSupport

/// What the children of `exec`, `sh` and `fetch` inherit, and what they leave behind.
@Suite(.serialized, .fewAtOnce) struct ChildrenTests {
  /// Fields of `/proc/PID/stat`: the process group is the fifth, the session the sixth.
  @Test(arguments: ["", "submit "])
  func haveAGroupOfTheirOwn(_ prefix: String) async throws {
    let run = try await poolsh(
      "--quiet", "-c",
      """
      \(prefix)sh 'echo $$; cut -d" " -f5,6 /proc/$$/stat; cut -d" " -f5,6 /proc/$PPID/stat'
      as_completed do { print $result }
      """)
    let numbers = run.output.split { $0 == "\n" || $0 == " " }
    try #require(numbers.count == 5)
    #expect(numbers[0] == numbers[1])
    #expect(numbers[1] != numbers[3])
    #expect(numbers[2] == numbers[4])
  }

  @Test(arguments: ["", "submit "])
  func readFromNowhere(_ prefix: String) async throws {
    let run = try await shell(
      "printf '\(prefix)exec cat\\n\(prefix)exec readlink /proc/self/fd/0\\nas_completed\\n' | "
        + "poolsh --quiet")
    #expect(run.lines.filter { !$0.hasSuffix("finished") }.last?.hasSuffix("/dev/null") == true)
    #expect(run.status == 0)
  }

  /// Beside its three streams a child has what poolsh itself was started with, and nothing of poolsh's own.
  @Test(arguments: ["exec ls /proc/self/fd", "result $(submit exec ls /proc/self/fd)"])
  func inheritNoDescriptors(_ command: String) async throws {
    let folder = try Folder()
    let run = try await shell(
      """
      ls /proc/$$/fd > before
      exec poolsh --quiet -c '
        repeat 5 submit { open busy; exec sleep 0.2 }
        gate busy
        \(command)'
      """
    ) { $0.directory = folder.path }
    let before = Set(try folder.text("before").lines)
    #expect(run.lines.count >= 3)
    #expect(Set(run.lines).subtracting(before).count <= 1, "beside the folder that ls reads")
    #expect(run.status == 0)
  }

  /// Neither those that end well, nor those that fail, cannot start, or run out of time.
  ///
  /// The counting child may come before poolsh has closed the ends of its pipes, so it counts again.
  @Test func leaveNoDescriptors() async throws {
    let run = try await poolsh(
      "--quiet", "-c",
      """
      with pool -w 8 { submit exec true ::: 1..8 }
      let before = $(sh 'ls /proc/$PPID/fd | wc -l')
      with pool -w 8 {
        submit exec true ::: 1..300
        submit exec false ::: 1..30
        submit exec /nonexistent/program ::: 1..30
        submit --timeout 0.01 exec sleep ::: 10 10 10 10
        submit sh 'echo value; echo complaint >&2' ::: 1..30
      }
      sh 'countdown() {
        for try in $(seq 300); do
          [ $(ls /proc/$PPID/fd | wc -l) -le $1 ] && exit 0
          sleep 0.1
        done
        ls -l /proc/$PPID/fd
      }
      countdown' $before
      exit 0
      """)
    #expect(run.output == "")
    #expect(run.status == 0)
  }

  /// Nor do they stay as zombies: the one that counts is alone.
  @Test func areReaped() async throws {
    let run = try await poolsh(
      "--quiet", "-c",
      """
      with pool { submit exec true ::: 1..100 }
      sh 'grep -l "^PPid:.$PPID$" /proc/[0-9]*/status 2> /dev/null | wc -l'
      """)
    #expect(run.output == "1\n")
  }

  @Test func theirBytesArriveAsTheyAre() async throws {
    let folder = try Folder()
    var generator = SeededGenerator(seed: 7)
    let bytes = (0..<3_000_000).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    try folder.write("bytes", bytes)
    for commands in ["exec cat bytes", "result $(submit exec cat bytes)", "read bytes"] {
      let run = try await poolsh(commands: commands) { $0.directory = folder.path }
      #expect(run.outputBytes == bytes, "\(commands)")
    }
    _ = try await poolsh(commands: "submit exec cat bytes; save 1 copy") {
      $0.directory = folder.path
    }
    #expect(try folder.bytes("copy") == bytes)
  }

  /// No item becomes code.
  @Test func itemsAreNoCode() async throws {
    let folder = try Folder()
    let run = try await poolsh(
      "-c", "map sh 'printf \"<%s>\\\\n\" {}' ::: $@", "a b", "$(touch hacked)",
      "'; touch hacked; '", "`touch hacked`", "\\", "-n", "é\""
    ) { $0.directory = folder.path }
    #expect(
      run.lines == [
        "<a b>", "<$(touch hacked)>", "<'; touch hacked; '>", "<`touch hacked`>", "<\\>", "<-n>",
        "<é\">",
      ])
    #expect(try Folder.names(in: folder.path) == [])
  }
}
