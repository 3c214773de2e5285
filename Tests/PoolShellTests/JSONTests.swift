import Foundation
import Testing

@testable import PoolShell

/// `--json`: one object per line per answer.
@Suite("JSON", .timeLimit(.minutes(5)))
struct JSONTests {
  /// The exact forms: what programs rely on.
  @Test(
    "the forms of answers",
    arguments: [
      ShellCase("submit sleep 0.01", #"{"command":"submit","ids":[1],"task":"sleep 0.01"}"#),
      ShellCase(
        "submit --as L return {} ::: a 'b c'",
        #"{"command":"submit","ids":[1],"task":"return a"}"# + "\n"
          + #"{"command":"submit","ids":[2],"task":"return 'b c'"}"#),
      ShellCase(
        "map return ::: x y",
        #"{"command":"map","id":1,"index":0,"state":"finished","value":"x"}"# + "\n"
          + #"{"command":"map","id":2,"index":1,"state":"finished","value":"y"}"#),
      ShellCase("map { return } ::: x", #"{"command":"map","id":1,"index":0,"state":"finished"}"#),
      ShellCase(
        "map { print p; fail b } ::: x || print c",
        #"{"command":"print","value":"p"}"# + "\n"
          + #"{"command":"map","id":1,"index":0,"state":"failed","error":"b"}"# + "\n"
          + #"{"command":"print","value":"c"}"#),
      ShellCase("map --no-wait return ::: 1..3", #"{"command":"map","ids":[1,2,3]}"#),
      ShellCase("map --no-wait return :::", #"{"command":"map","ids":[]}"#),
      ShellCase(
        "print a 'b\"c' \\\\ é\nprint",
        #"{"command":"print","value":"a b\"c \\ é"}"# + "\n" + #"{"command":"print","value":""}"#),
      ShellCase(
        "fibonacci 10\nreturn x",
        #"{"command":"fibonacci","value":"55"}"# + "\n"
          + #"{"command":"return","value":"x"}"#),
      ShellCase(#"sh 'printf "a\nb\n"'"#, #"{"command":"sh","value":"a\nb\n"}"#),
      ShellCase(#"sh 'printf "\377"'"#, #"{"command":"sh","value":"\#u{FFFD}"}"#),
      ShellCase(
        "pool new a -w 2\npool use a\npool",
        #"{"command":"pool new","pool":"a","workers":2}"# + "\n"
          + #"{"command":"pool use","pool":"a","workers":2}"# + "\n"
          + #"{"command":"pool","pool":"a","workers":2}"#),
      ShellCase(
        "pool new a -w 1\nshutdown --cancel-futures\nshutdown",
        #"{"command":"pool new","pool":"a","workers":1}"# + "\n"
          + #"{"command":"shutdown","pool":"a","cancelled":0}"# + "\n"
          + #"{"command":"shutdown","pool":"a"}"#),
      ShellCase("workers", #"{"command":"workers","workers":["MainThread"]}"#),
      ShellCase(
        "pool new a -w 1\npools",
        #"{"command":"pool new","pool":"a","workers":1}"# + "\n"
          + #"{"command":"pools","pools":[{"name":"a","workers":1,"started":0,"idle":0,"#
          + #""queued":0,"state":"open"[..]}]}"#
      ),
      ShellCase(
        "set",
        #"{"command":"set","clock":"real","color":"auto","echo":"off","editor":"emacs","json":"on","#
          + #""notify":"off","on_error":"stop","quiet":"off","seed":"default","workers":"default"}"#
      ),
      ShellCase("history", #"{"command":"history","number":1,"line":"history"}"#),
      ShellCase("version", #"{"command":"version","text":"poolsh [..]"}"#),
      ShellCase("jobs", #"{"command":"jobs","futures":[]}"#),
      ShellCase("let x = 1\nfor i in 1 { }\nsleep 0\nopen g"),
    ])
  func forms(expected: ShellCase) async throws { try await expected.check { $0.isJSON = true } }

  @Test(
    "the forms of what is said about futures",
    arguments: [
      ("wait 1..5 -t 0", #"{"command":"wait","done":[1,2,5],"not_done":[3,4]}"#),
      ("result 1", #"{"command":"result","id":1,"state":"finished","value":"ok"}"#),
      ("as_completed 1", #"{"command":"as_completed","id":1,"state":"finished","value":"ok"}"#),
      ("as_completed 2", #"{"command":"as_completed","id":2,"state":"failed","error":"bad"}"#),
      ("as_completed 5", #"{"command":"as_completed","id":5,"state":"cancelled"}"#),
      ("exception 1", #"{"command":"exception","id":1,"state":"finished"}"#),
      ("exception 2", #"{"command":"exception","id":2,"state":"failed","error":"bad"}"#),
      ("running 3", #"{"command":"running","id":3,"value":"true"}"#),
      ("done 3", #"{"command":"done","id":3,"value":"false"}"#),
      ("cancelled 5", #"{"command":"cancelled","id":5,"value":"true"}"#),
      ("failed 1", #"{"command":"failed","id":1,"value":"false"}"#),
      ("state 4", #"{"command":"state","id":4,"state":"pending"}"#),
      ("cancel 4", #"{"command":"cancel","id":4,"value":"true","state":"cancelled"}"#),
      ("cancel 1", #"{"command":"cancel","id":1,"value":"false","state":"finished"}"#),
      (
        "cancel 3",
        #"{"command":"cancel","id":3,"value":"false","state":"running","#
          + #""worker":"ThreadPoolExecutor-0_0"}"#
      ),
      (
        "jobs 3",
        #"{"command":"jobs","futures":[{"id":3,"state":"running","task":"{ open up; gate g; "#
          + #"return went }","worker":"ThreadPoolExecutor-0_0","waited":[..],"ran":[..]}]}"#
      ),
      (
        "jobs 4",
        #"{"command":"jobs","futures":[{"id":4,"state":"pending","task":"return queued","#
          + #""waited":[..]}]}"#
      ),
      (
        "info 1",
        #"{"command":"info","id":1,"state":"finished","task":"return ok","worker":"#
          + #""ThreadPoolExecutor-0_0","waited":[..],"ran":[..],"pool":"pool1","value":"ok"}"#
      ),
      (
        "info 2",
        #"{"command":"info","id":2,"state":"failed","task":"fail bad","worker":"#
          + #""ThreadPoolExecutor-0_0","waited":[..],"ran":[..],"pool":"pool1","error":"bad"}"#
      ),
    ])
  func futures(command: String, object: String) async throws {
    let script =
      "set json off\n" + Prologue.states + "set json on\n\(command)\nset json off\nopen g\n"
    try await expectShell(
      script + "let seen = $(exception 2)", Prologue.statesOutput + object)
  }

  @Test(
    "errors and notices are objects on stderr",
    arguments: [
      ShellCase(
        "print a; fail 'b\"c'", #"{"command":"print","value":"a"}"#,
        errors: #"{"error":"b\"c","file":"-c","line":1,"column":10}"#, status: 3),
      ShellCase(
        "\nnosuch x",
        errors:
          #"{"error":"unknown command nosuch","hint":"[..]","file":"-c","line":2,"column":1}"#,
        status: 3),
      ShellCase(
        "print \"",
        errors: #"{"error":"this quote is never closed","file":"-c","line":1,"column":7}"#,
        status: 3),
      ShellCase(
        "submit fail x", #"{"command":"submit","ids":[1],"task":"fail x"}"#,
        errors: #"{"notice":"1 failure was never looked at: 1","ids":[1]}"#, status: 1),
      ShellCase(
        "wait failed", #"{"command":"wait","done":[],"not_done":[]}"#,
        errors: #"{"notice":"no failed futures"}"#),
      ShellCase(
        "time print x", #"{"command":"print","value":"x"}"#, errors: #"{"notice":"time: [..]s"}"#),
      ShellCase(
        "let id = $(submit return x)\nlet w = $(wait)\non_done 1 { fail doh }",
        errors: #"{"notice":"exception calling callback: doh","id":1}"#),
      ShellCase("try { fail x } catch { print $error }", #"{"command":"print","value":"x"}"#),
    ])
  func errors(expected: ShellCase) async throws { try await expected.check { $0.isJSON = true } }

  @Test("--echo is a line of JSON too")
  func echo() async throws {
    try await ShellCase(
      "for i in 1 {\n  print $i\n}",
      #"{"command":"echo","line":"for i in 1 {\n  print $i\n}"}"# + "\n"
        + #"{"command":"print","value":"1"}"#
    ).check {
      $0.isJSON = true
      $0.isEchoing = true
    }
  }

  @Test("what tasks print, and drop, are objects too")
  func tasks() async throws {
    try await ShellCase(
      "submit { exec echo out; print p; return v }\nlet w = $(wait)\nresult 1",
      #"{"command":"submit","ids":[1],"task":"{ exec echo out; print p; return v }"}"# + "\n"
        + #"{"command":"print","value":"out\n"}"# + "\n" + #"{"command":"print","value":"p"}"#
        + "\n"
        + #"{"command":"result","id":1,"state":"finished","value":"v"}"#
    ).check { $0.isJSON = true }
  }

  @Test(
    "every line of every command's example is one object, without null",
    arguments: CommandTable.all.map { $0.declaration.name }.filter { $0 != "!" })
  func examples(name: String) async throws {
    let example = try #require(CommandTable.command(named: name)).declaration.example
    let run = try await runShell(example.script) { $0.isJSON = true }
    #expect(run.status == 0)
    for line in (run.output + run.errors).split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let members = try #require(object as? [String: Any], "\(line)")
      let kind = members["command"] ?? members["error"] ?? members["notice"]
      #expect(kind is String && !Self.hasNull(members), "\(line)")
    }
  }

  private static func hasNull(_ value: Any) -> Bool {
    switch value {
    case is NSNull: true
    case let members as [String: Any]: members.values.contains(where: hasNull)
    case let elements as [Any]: elements.contains(where: hasNull)
    default: false
    }
  }
}
