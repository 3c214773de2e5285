extension Executor {
  /// Runs a function on every element, concurrently; the results come in input order.
  ///
  /// Python: `map()`.
  ///
  /// ```swift
  /// for (url, page) in zip(urls, try pool.map(urls) { try download($0) }) {
  ///   switch page {
  ///   case .success(let text): print(url, text.count)
  ///   case .failure(let error): print(url, error)
  ///   }
  /// }
  /// ```
  ///
  /// If a failure is to end it all, `values()` gives an array and throws the first one:
  ///
  /// ```swift
  /// print(try pool.map(1...5) { $0 * $0 }.values())  // [1, 4, 9, 16, 25]
  /// ```
  ///
  /// All tasks are submitted during the call, before a result is asked for, and run even if none ever is;
  /// with a `bufferSize` only that many are outstanding at any time, so that endless inputs work.
  ///
  /// - Parameters:
  ///   - inputs: The elements.
  ///   - timeout: How long all results together may take, counted from this call; `nil` is for ever. An
  ///     element that is finished is returned even after that; the first one that would have to be waited
  ///     for becomes a `TimeoutError`, what has not begun is cancelled, and the sequence ends.
  ///   - bufferSize: How many elements may be submitted and not yet taken as results; `nil` is all.
  ///   - transform: The function.
  /// - Returns: One result for each element, in input order. A failure stands at its place, and the
  ///   results after it still come (Python does so from 3.16 on: MA-09).
  /// - Throws: `ValueError` if `bufferSize` is less than 1; what `submit` throws, in which case what had
  ///   been submitted is cancelled.
  @inlinable
  public func map<Input: Sendable, Output: Sendable>(
    _ inputs: some Sequence<Input>, timeout: Duration? = nil, bufferSize: Int? = nil,
    _ transform: @escaping @Sendable (Input) throws -> Output
  ) throws -> MapResults<Output> {
    try map(inputs, areStored: areStored(inputs), timeout, bufferSize, transform)
  }

  @inlinable
  func map<Input: Sendable, Output: Sendable>(
    _ inputs: some Sequence<Input>, areStored: Bool, _ timeout: Duration?, _ bufferSize: Int?,
    _ transform: @escaping @Sendable (Input) throws -> Output
  ) throws -> MapResults<Output> {
    let deadline = Deadline(after: timeout)
    // No more elements than workers: there is a thread for each either way, and the pool's count of idle threads is
    // exact with futures only.
    if bufferSize == nil, areStored, let pool = self as? ThreadPoolExecutor,
      inputs.underestimatedCount > pool.maxWorkers
    {
      return MapResults(batch: try pool.runBatch(inputs, transform), deadline: deadline)
    }
    var iterator = inputs.makeIterator()
    let window = try MapWindow<Output>(bufferSize: bufferSize) {
      guard let input = iterator.next() else { return nil }
      return try self.submit { try transform(input) }
    }
    return MapResults(window: window, deadline: deadline)
  }

  /// Whether the elements are there already, so that nobody can see a batch, which takes them all before the first runs.
  ///
  /// Not so if they are made as they are asked for: then the first may run while the next is made.
  @inlinable
  func areStored(_ inputs: some Sequence) -> Bool {
    inputs is any Collection && !(inputs is any LazySequenceProtocol)
  }

  /// Runs a function on the elements of two sequences taken in pairs; stops at the shorter.
  ///
  /// Python: `map(fn, a, b)`.
  ///
  /// ```swift
  /// print(try pool.map([2, 3, 10], 1...3) { $0 * $1 }.values())  // [2, 6, 30]
  /// ```
  ///
  /// - Parameters:
  ///   - first: The first arguments.
  ///   - second: The second arguments.
  ///   - timeout: As for one sequence.
  ///   - bufferSize: As for one sequence.
  ///   - transform: The function of two arguments.
  /// - Returns: As for one sequence.
  /// - Throws: As for one sequence.
  @inlinable
  public func map<A: Sendable, B: Sendable, Output: Sendable>(
    _ first: some Sequence<A>, _ second: some Sequence<B>, timeout: Duration? = nil,
    bufferSize: Int? = nil, _ transform: @escaping @Sendable (A, B) throws -> Output
  ) throws -> MapResults<Output> {
    try map(
      zip(first, second), areStored: areStored(first) && areStored(second), timeout, bufferSize
    ) {
      try transform($0.0, $0.1)
    }
  }

  /// Runs a function on the elements of three sequences taken together; stops at the shortest.
  ///
  /// Python: `map(fn, a, b, c)`. For more, `zip` them.
  ///
  /// ```swift
  /// print(try pool.map([1, 2], [10, 20], [100, 200]) { $0 + $1 + $2 }.values())  // [111, 222]
  /// ```
  ///
  /// - Parameters:
  ///   - first: The first arguments.
  ///   - second: The second arguments.
  ///   - third: The third arguments.
  ///   - timeout: As for one sequence.
  ///   - bufferSize: As for one sequence.
  ///   - transform: The function of three arguments.
  /// - Returns: As for one sequence.
  /// - Throws: As for one sequence.
  @inlinable
  public func map<A: Sendable, B: Sendable, C: Sendable, Output: Sendable>(
    _ first: some Sequence<A>, _ second: some Sequence<B>, _ third: some Sequence<C>,
    timeout: Duration? = nil, bufferSize: Int? = nil,
    _ transform: @escaping @Sendable (A, B, C) throws -> Output
  ) throws -> MapResults<Output> {
    try map(
      zip(first, zip(second, third)),
      areStored: areStored(first) && areStored(second) && areStored(third), timeout, bufferSize
    ) {
      try transform($0.0, $0.1.0, $0.1.1)
    }
  }
}
