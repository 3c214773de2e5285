/// `fibonacci`: a small computation.
struct FibonacciCommand: Command {
  static let declaration = Declaration(
    name: "fibonacci", group: .tasks, summary: "the Nth Fibonacci number", usage: "fibonacci N",
    operands: [.one()],
    details: "N is from 0 to 93, the last that fits in 64 bits.",
    example: .init(script: "fibonacci 90", output: "2880067194370816120\n"))

  private let position: Int

  init(_ arguments: inout Arguments) throws { position = try arguments.count("N", in: 0...93) }

  func run(in context: Context) throws -> Outcome {
    var (current, next) = (UInt64(0), UInt64(1))
    for _ in 0..<position { (current, next) = (next, current &+ next) }
    return .text("\(current)")
  }
}
