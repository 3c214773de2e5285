import TestSupport
import Testing

/// The ways in: a file, `-c`, a pipe, an executable script; and what each hands on to the commands.
@Suite(.serialized, .fewAtOnce) struct InvocationTests {
  @Test func runsAScriptFile() async throws {
    let folder = try Folder()
    let file = try folder.write("hello.poolsh", "print hello\nprint $0 $#\n")
    let run = try await poolsh(file)
    #expect(run.output == "hello\n\(file) 0\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func takesCommandsFromAnOption() async throws {
    let run = try await poolsh(commands: "submit print hello; wait")
    #expect(run.output == "[1] print hello\nhello\ndone: 1\nnot done: none\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  /// No prompt, no banner.
  @Test func readsCommandsFromAPipe() async throws {
    let run = try await shell("printf 'submit print hello\\nwait\\nprint $0\\n' | poolsh")
    #expect(run.output == "[1] print hello\nhello\ndone: 1\nnot done: none\nstdin\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  /// A command runs when it has come, not when the pipe is closed.
  @Test func answersWhileThePipeIsOpen() async throws {
    let run = try await shell(
      """
      mkfifo answers
      { echo 'print first'; read answer < answers; echo "print got $answer"; } | poolsh | {
        read answer; echo "$answer"; echo "$answer" > answers; cat
      }
      """)
    #expect(run.output == "first\ngot first\n")
  }

  @Test func aScriptCanBeAProgram() async throws {
    let run = try await shell(
      """
      cat > greet << 'END'
      #!/usr/bin/env poolsh
      print "hello $1"
      exit $#
      END
      chmod +x greet
      exec ./greet 'dear world' x y
      """)
    #expect(run.output == "hello dear world\n")
    #expect(run.errors == "")
    #expect(run.status == 3)
  }

  static let waysWithArguments: [[String]] = [
    ["-c", "print $# $1 $2; for each in $@ { print \"<$each>\" }"], ["script.poolsh"], ["-"],
  ]

  @Test(arguments: waysWithArguments)
  func handsArgumentsOn(_ way: [String]) async throws {
    let folder = try Folder()
    try folder.write("script.poolsh", "print $# $1 $2\nfor each in $@ { print \"<$each>\" }\n")
    let run = try await run(
      Launch(way + ["a b", "", "--json", "*"]) {
        $0.directory = folder.path
        $0.input = .path(folder("script.poolsh"))
      })
    #expect(run.output == "4 a b \n<a b>\n<>\n<--json>\n<*>\n")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func theEnvironmentIsRead() async throws {
    let run = try await poolsh(commands: "print $FRUIT; exec printenv FRUIT") {
      $0.environment["FRUIT"] = "apple pie"
    }
    #expect(run.output == "apple pie\napple pie\n")
  }

  @Test func optionsWorkInEveryForm() async throws {
    for options in [["-w", "3"], ["-w3"], ["--workers", "3"], ["--workers=3"]] {
      let run = try await run(Launch(options + ["-c", "pool"]))
      #expect(run.output == "pool main: 3 workers\n", "\(options)")
    }
  }

  @Test func echoWritesEachCommandBeforeItRuns() async throws {
    let run = try await poolsh("--echo", "-c", "print a\nfor i in 1..2 {\n  print $i\n}")
    #expect(run.output == "> print a\na\n> for i in 1..2 {\n.   print $i\n. }\n1\n2\n")
  }

  @Test func jsonIsAnObjectPerLine() async throws {
    let run = try await poolsh("--json", "-c", "submit return x; wait; result 1; print done")
    #expect(
      run.lines == [
        #"{"command":"submit","ids":[1],"task":"return x"}"#,
        #"{"command":"wait","done":[1],"not_done":[]}"#,
        #"{"command":"result","id":1,"state":"finished","value":"x"}"#,
        #"{"command":"print","value":"done"}"#,
      ])
  }

  @Test func tellsItsVersionAndItsOptions() async throws {
    let version = try await poolsh("--version")
    #expect(version.output.hasPrefix("poolsh ") && version.lines.count == 1)
    #expect(version.status == 0)
    let help = try await poolsh("--help")
    for option in ["-c", "--workers", "--json", "--echo", "--quiet", "--on-error", "--version"] {
      #expect(help.output.contains(option))
    }
    #expect(help.status == 0)
  }

  @Test func nothingToDoIsNoError() async throws {
    for arguments in [["-c", ""], ["-c", "# only a comment"], [], ["/dev/null"]] {
      let run = try await run(Launch(arguments))
      #expect(run.outputBytes == [], "\(arguments)")
      #expect(run.errors == "", "\(arguments)")
      #expect(run.status == 0, "\(arguments)")
    }
  }
}
