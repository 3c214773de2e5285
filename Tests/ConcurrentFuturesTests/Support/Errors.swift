/// A task's failure.
struct Boom: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String = "boom") { self.description = description }
}

/// A failure with an identity.
final class ErrorObject: Error {}
