import Glibc
import TestSupport
import Testing

/// poolsh killed with SIGKILL at random moments, and resumed: every job is done, those that were logged once.
@Suite(.serialized, .fewAtOnce) struct ResumeAfterKillTests {
  private static let jobs = (1...80).map { "job\($0)" }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func loses(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let folder = try Folder()
    try folder.write("log", "")
    var kills = 0
    for round in 1... {
      let before = try logged(folder)
      // Each job names its round in a file of its own; a job of an earlier round may still be at it.
      let program = try start(round, in: folder)
      let isLast = round > 8
      if !isLast, try kill(program, whenLogHas: before.count + random.below(20), &random, folder) {
        kills += 1
      }
      let ended = try await onThread { try program.wait() }
      let again = try folder.names(of: round).filter(before.contains)
      #expect(again.isEmpty, "logged as done, and run again in round \(round)")
      if random.oneIn(2) { try tear(&random, folder) }
      if ended.status == 0 { break }
      #expect(ended.ending == .killed(by: SIGKILL), "\(ended)")
    }
    _ = try await onThread { try self.start(100, in: folder).wait() }
    #expect(kills > 0)
    #expect(try logged(folder).sorted() == Self.jobs.sorted(), "each is logged once")
    #expect(Set(try (1...100).flatMap(folder.names)) == Set(Self.jobs), "each has run")
  }

  private func start(_ round: Int, in folder: Folder) throws -> RunningProgram {
    try RunningProgram(
      Launch(
        [
          "-c",
          """
          pool new -w 8
          map --joblog log --resume sh 'sleep 0.02; mkdir -p r$ROUND; : > r$ROUND/{}; sleep 0.01' ::: $@
          """,
        ] + Self.jobs
      ) {
        $0.directory = folder.path
        $0.environment = ["ROUND": "\(round)"]
      })
  }

  /// Kills it once the log has some lines more, and a moment has passed.
  ///
  /// - Returns: False if it has ended before.
  private func kill(
    _ program: RunningProgram, whenLogHas count: Int, _ random: inout SeededGenerator,
    _ folder: Folder
  ) throws -> Bool {
    try eventually("\(count) lines in the log") {
      program.hasEnded || ((try? logged(folder).count) ?? 0) >= count
    }
    usleep(UInt32(random.below(20_000)))
    let isInTime = !program.hasEnded
    program.send(SIGKILL)
    return isInTime
  }

  /// Cuts the last line of the log somewhere, as a crash of the machine may.
  private func tear(_ random: inout SeededGenerator, _ folder: Folder) throws {
    let bytes = try folder.bytes("log")
    let last = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")) ?? 0
    guard last > 0, bytes.count > last + 2 else { return }
    try folder.write("log", bytes.prefix(last + 1 + random.below(bytes.count - last - 1)))
  }

  /// The jobs that the log has, as often as it has them; a torn last line is none.
  private func logged(_ folder: Folder) throws -> [String] {
    let log = try folder.text("log")
    return log.split(separator: "\n").dropFirst().dropLast(log.hasSuffix("\n") ? 0 : 1).compactMap {
      $0.firstMatch(of: /\t0\t0\tsh .*\/(job\d+);/).map { String($0.1) }
    }
  }
}

extension Folder {
  /// The jobs that have run in a round.
  fileprivate func names(of round: Int) throws -> [String] {
    (try? Folder.names(in: self("r\(round)"))) ?? []
  }
}
