/// Names of Python's that no command has, and what they are here: for `help --find`.
enum PythonNames {
  static let all: [(name: String, command: String, text: String)] = [
    ("FIRST_COMPLETED", "wait", "return_when=FIRST_COMPLETED is: wait first"),
    ("FIRST_EXCEPTION", "wait", "return_when=FIRST_EXCEPTION is: wait exception"),
    ("ALL_COMPLETED", "wait", "return_when=ALL_COMPLETED is: wait all"),
    (
      "BrokenThreadPool", "pool",
      "BrokenThreadPool: the message of submit when an initializer failed"
    ),
    ("TimeoutError", "result", "TimeoutError: the message when --timeout is over"),
    ("CancelledError", "result", "CancelledError: the message when the future was cancelled"),
    ("initargs", "pool", "initargs is: --initializer { COMMAND ARG… }"),
    ("current_thread", "workers", "threading.current_thread().name is: $worker"),
    ("chunksize", "map", "chunksize has no use with threads; for several items a job: map -n N"),
    ("set_result", "return", "set_result is what a task does with: return VALUE"),
    ("set_exception", "fail", "set_exception is what a task does with: fail MESSAGE"),
    ("max_workers", "pool", "max_workers is: pool new -w N"),
  ]
}
