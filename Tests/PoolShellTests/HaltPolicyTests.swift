import TestSupport
import Testing

@testable import PoolShell

/// `--halt` as a pure value.
@Suite("Halt policy") struct HaltPolicyTests {
  @Test(
    "GNU parallel's words",
    arguments: [
      ("now,fail=1", "now,fail=1"), ("soon,success=3", "soon,success=3"),
      ("soon,done=10%", "soon,done=10%"), ("now,fail=100%", "now,fail=100%"),
      ("never", "never"), ("0", "never"), ("1", "soon,fail=1"), ("2", "now,fail=1"),
      ("-1", "soon,success=1"), ("-2", "now,success=1"), ("5%", "soon,fail=5%"),
    ])
  func words(written: String, meaning: String) throws {
    #expect(try HaltPolicy.parse(written)?.text ?? "never" == meaning)
  }

  @Test(
    "what is none",
    arguments: [
      "", "foo", "Now,fail=1", "now", "soon", "now,foo=1", "now,fail", "now,fail=", "now,fail=x",
      "now,fail=0", "now,fail=-1", "now,fail=0%", "now,fail=101%", "now,fail=1.5", "now,fail=+1",
      "now,fail=1,", "now, fail=1", "now,fail=1=2", "never,fail=1", "3", "%", "0%", "101%", "٣%",
      "now,fail=99999999999999999999", "now,fail=٣",
    ])
  func nonsense(written: String) {
    #expect(throws: HaltPolicy.Fault.self) { try HaltPolicy.parse(written) }
  }

  /// Feeds ends of jobs, `f` and `s`, and gives the place of the one that halts, from 1.
  private func halt(_ policy: String, total: Int? = nil, _ ends: String) throws -> Int? {
    var policy = try #require(try HaltPolicy.parse(policy))
    let haltsAtOnce = total.map { policy.learn(total: $0) } ?? false
    #expect(!haltsAtOnce)
    var place: Int?
    for (index, end) in ends.enumerated() where policy.ended(isFailure: end == "f") {
      #expect(place == nil, "it halts once")
      place = index + 1
    }
    #expect(policy.hasHalted == (place != nil))
    return place
  }

  @Test(
    "the job that halts",
    arguments: [
      ("now,fail=1", "ssfs", 3), ("soon,fail=2", "fsfff", 3), ("now,success=1", "fffs", 4),
      ("now,done=3", "fsf", 3), ("now,fail=3", "ffs", nil), ("soon,success=2", "sfff", nil),
    ] as [(String, String, Int?)])
  func counts(policy: String, ends: String, place: Int?) throws {
    #expect(try halt(policy, ends) == place)
  }

  @Test(
    "a part of all jobs, rounded up",
    arguments: [
      ("now,done=50%", 3, "sss", 2), ("now,fail=1%", 1000, "ffffffffff", 10),
      ("now,fail=1%", 5, "sf", 2), ("now,fail=100%", 3, "fff", 3), ("now,success=34%", 3, "sfs", 3),
    ] as [(String, Int, String, Int?)])
  func percents(policy: String, total: Int, ends: String, place: Int?) throws {
    #expect(try halt(policy, total: total, ends) == place)
  }

  @Test("a part of how many is decided when that is known")
  func late() throws {
    var policy = try #require(try HaltPolicy.parse("now,fail=50%"))
    let early = [policy.ended(isFailure: true), policy.ended(isFailure: false)]
    var other = policy
    let known = [policy.learn(total: 2), policy.learn(total: 2)]
    let later = [
      other.learn(total: 4), other.ended(isFailure: false), other.ended(isFailure: true),
    ]
    #expect(early == [false, false] && known == [true, false] && later == [false, false, true])
  }

  @Test(
    "in any order of ends it halts exactly when enough have ended so",
    arguments: 1...20 as ClosedRange<UInt64>)
  func walk(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let total = 1 + random.below(30)
      let number = 1 + random.below(30)
      let why = ["fail", "success", "done"][random.below(3)]
      let isPercent = random.oneIn(2)
      var policy = try #require(
        try HaltPolicy.parse("now,\(why)=\(isPercent ? "\(number)%" : "\(number)")"))
      let learnsAt = random.below(total)
      var (fails, successes) = (0, 0)
      for index in 0..<total {
        if index == learnsAt { _ = policy.learn(total: total) }
        let isFailure = random.oneIn(2)
        if isFailure { fails += 1 } else { successes += 1 }
        _ = policy.ended(isFailure: isFailure)
        let counted = why == "fail" ? fails : why == "success" ? successes : fails + successes
        let isEnough =
          isPercent
          ? index >= learnsAt && counted > 0 && Double(counted) >= Double(total * number) / 100
          : counted >= number
        #expect(policy.hasHalted == isEnough)
      }
    }
  }
}
