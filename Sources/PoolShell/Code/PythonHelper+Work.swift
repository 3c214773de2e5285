extension PythonHelper {
  /// Those that stand for commands which do the work itself.
  var workText: String {
    switch self {
    case .argument: Self.argumentText
    case .runProgram: Self.runProgramText
    case .fetchURL: Self.fetchURLText
    case .readFile: Self.readFileText
    case .countPrimes: Self.countPrimesText
    default: Self.fibonacciText
    }
  }

  private static let argumentText = """
    def argument(position, default):
        return (sys.argv[position:] or [""])[0] or default
    """

  private static let runProgramText = """
    def run_program(*words):
        child = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        if child.returncode != 0:
            raise Exception(f"{words[0]}: exit status {child.returncode}")
        return child.stdout
    """

  private static let fetchURLText = """
    def fetch_url(url, timeout=None):
        with urllib.request.urlopen(url, timeout=timeout) as connection:
            return connection.read().decode()
    """

  private static let readFileText = """
    def read_file(path):
        with open(path) as file:
            return file.read()
    """

  private static let countPrimesText = """
    def count_primes(bound):
        def is_prime(number):
            return all(number % divisor for divisor in range(2, math.isqrt(number) + 1))

        return sum(map(is_prime, range(2, bound + 1)))
    """

  private static let fibonacciText = """
    def fibonacci(n):
        a, b = 0, 1
        for _ in range(n):
            a, b = b, a + b
        return a
    """
}
