extension Expectation {
  /// States, results, and cancelling.
  static let futures: [String: Expectation] = [
    "future-state": .lines(
      """
      Future running=true, done=false
      done: 1
      not done: none
      Future running=false, done=true
      """),
    "wait-first-exception": .lines(
      "done: 2\nnot done: 3\nException=Something bad happened!\nfine, and late"),
    "wait-timeouts": .lines(
      """
      done: none
      not done: 1
      as_completed: TimeoutError: 1 (of 1) futures unfinished
      map: TimeoutError: 1 of 1 items were not finished
      all done
      """),
    "future-result": .lines("Got Result: all done"),
    "future-result-timeout": .lines("Gave up waiting for a result\nGot Result: all done"),
    "cancel-queued": .lines(
      """
      First task running=true
      Second task running=false
      Second task was cancelled: true
      done: 2
      not done: none
      Second task running=false, cancelled=true, done=true
      done: 1
      not done: none
      """),
    "cancel-running": .lines(
      """
      Task running=true
      Task was cancelled: false
      [1] not cancelled: running on ThreadPoolExecutor-0_0
      done: 1
      not done: none
      Task running=false, cancelled=false, done=true
      """),
    "cancel-finished": .lines(
      """
      done: 1
      not done: none
      Task running=false, cancelled=false, done=true
      Task was cancelled: false
      Task running=false, cancelled=false, done=true
      """),
  ]

  /// When callbacks run, and what their failures do.
  static let callbacks: [String: Expectation] = [
    "callback": .lines("Task is done\nCustom callback was called"),
    "callback-mistake": .lines(
      "Task is done\ndone: 1\nnot done: none",
      errors: """
        [1] exception calling callback: $resullt is not set (a default: ${resullt:-…})

        """),
    "callback-cancelled": .lines(
      """
      First task running=true
      Second task running=false
      Custom callback was called
      Second task was cancelled: true
      done: 1 2
      not done: none
      """),
    "callback-failed": .lines(
      """
      Custom callback was called
      Task running=false, cancelled=false, done=true
      Exception=This is Fake!
      Unable to get the result
      """),
    "callback-fails": .lines(
      "Callback 2 called.\nTask is done",
      errors: "[1] exception calling callback: Something bad happened!\n"),
  ]
}
