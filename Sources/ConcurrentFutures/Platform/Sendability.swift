// The classes whose fields are handed from thread to thread by a state word, gathered here because the
// compiler cannot check such a protocol. Each field's comment says who may write it and who may read it; the
// Thread Sanitizer run of the tests checks it at work.

/// `failure` and the subclass's fields belong to whoever won the transition that allows writing them;
/// everybody else reads them only after an acquiring load that says "done". `registrations` is guarded by a
/// stripe of `RegistrationLocks`.
extension AnyFuture: @unchecked Sendable {}

/// A list of registrations that was taken whole belongs to who took it, and may be handed on.
struct TakenRegistrations: @unchecked Sendable {
  let first: Registration?
}

/// `body` as above: written before the future is handed over, taken by whoever won `start` or `cancel`.
extension Future: @unchecked Sendable {}
