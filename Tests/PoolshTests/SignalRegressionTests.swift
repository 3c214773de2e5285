import Glibc
import TestSupport
import Testing

/// Signals that once did not end the process, or did not count right what they stopped.
@Suite(.fewAtOnce) struct SignalRegressionTests {
  @Test("a callback at a closed gate does not keep a signal from ending the process")
  func callbackAtAGate() async throws {
    try await onThread {
      let commands = """
        pool new -w 1; submit { print $worker; sleep 1000 }; submit print never
        on_done 2 { gate never }; print ready; wait
        """
      let program = try RunningProgram(Launch(["-c", commands]))
      try program.waitForOutput("ThreadPoolExecutor-0_0")
      try program.waitForOutput("ready")
      program.send(SIGTERM)
      let run = try program.wait(patience)
      #expect(run.status == 143)
      #expect(run.errors.contains("1 queued cancelled, 1 running abandoned"))
    }
  }

  /// The failing gate stopped the script, which ended children before the signal's own thread had counted them.
  @Test("a script that stops because of what a signal stops leaves the counting to the signal")
  func twoStopsAtOnce() async throws {
    try await onThread {
      for _ in 0..<TestEnvironment.rounds(10) {
        let sleeper = Sleeper()
        defer { sleeper.endAll() }
        let commands = "repeat 8 submit exec \(sleeper.command); submit print queued; gate never"
        let program = try RunningProgram(Launch(["-w", "8", "-c", commands]))
        try sleeper.waitUntilRunning(8)
        program.send(SIGTERM)
        let run = try program.wait()
        #expect(run.errors == "terminated: 1 queued cancelled, 8 children terminated\n")
        #expect(run.status == 143)
      }
    }
  }
}
