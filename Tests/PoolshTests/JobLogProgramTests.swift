import TestSupport
import Testing

/// The joblog beside that of GNU parallel, where it is installed, and on a disk that is full.
@Suite(.serialized, .fewAtOnce) struct JobLogProgramTests {
  private static let hasParallel =
    ["/usr/bin/parallel", "/usr/local/bin/parallel"].contains { (try? Folder.bytes(of: $0)) != nil }

  /// Runs a script with parallel, which takes long to start where much else runs.
  private func beside(_ script: String, in folder: Folder) async throws -> ProgramRun {
    try await run(
      .shell("export HOME=$PWD; mkdir .parallel; touch .parallel/will-cite\n" + script) {
        $0.directory = folder.path
      }, within: .seconds(180))
  }

  /// Everything but the times and the command is the same; the times have the same form.
  @Test(.enabled(if: hasParallel)) func isThatOfParallel() async throws {
    let folder = try Folder()
    let run = try await beside(
      """
      set -- 'echo hello' 'exit 3' 'kill -9 $$' 'printf abc; exit 200' 'sleep 60'
      parallel --timeout 4 --joblog theirs exec sh -c {} ::: "$@" > /dev/null 2>&1
      poolsh -c 'map --job-timeout 4 --joblog ours exec sh -c {} ::: $@' "$@" > /dev/null 2>&1
      for log in theirs ours; do
        sort -n $log | cut -f1-8 | sed -E 's/[0-9]+\\.[0-9]{3}/T/g' > $log.form
        cut -f3,4 $log | tail -n +2 | awk '{ print length($0) }' | uniq > $log.widths
      done
      """, in: folder)
    #expect(run.status == 0, "\(run)")
    #expect(try folder.text("ours.form") == folder.text("theirs.form"))
    #expect(try folder.text("ours.widths") == folder.text("theirs.widths"))
    #expect(try folder.text("ours.form").lines.count == 6)
  }

  /// Whoever goes back to parallel goes on from our log: it takes the numbers for its own.
  @Test(.enabled(if: hasParallel)) func isReadByParallel() async throws {
    let folder = try Folder()
    let run = try await beside(
      """
      poolsh -c 'map --joblog log sh "echo {}; exit {}" ::: 0 3' > /dev/null 2>&1
      parallel --joblog log --resume echo ::: a b c
      parallel --joblog log --resume-failed echo again ::: a b c
      """, in: folder)
    #expect(run.lines == ["c", "again b"], "\(run)")
  }

  /// Told once, and every job runs; what is in the file is whole.
  @Test func aFullDiskLosesNoJob() async throws {
    let folder = try Folder()
    let run = try await shell(
      """
      trap '' XFSZ
      ulimit -f 1
      poolsh -c 'map --joblog log return ::: 1..60; print all'
      """
    ) { $0.directory = folder.path }
    #expect(run.lines == (1...60).map { "\($0)" } + ["all"], "\(run)")
    #expect(
      run.errors == "joblog log: File too large; the jobs go on, their lines are missing\n")
    let log = try folder.text("log")
    #expect(log.hasSuffix("\n") && log.lines.count > 3 && log.lines.count < 61)
    for line in log.lines.dropFirst() {
      #expect(line.wholeMatch(of: /\d+\t:\t\d+\.\d{3}\t[ \d.]{10}\t0\t0\t0\t0\treturn \d+/) != nil)
    }
  }

  /// Two processes that write one log.
  @Test func severalProcessesShareALog() async throws {
    let folder = try Folder()
    let run = try await shell(
      """
      for name in a b c; do
        poolsh -c "map --joblog log return ::: $(seq -s ' ' -f $name%g 200)" > /dev/null &
      done
      wait
      sort log | uniq -c | grep -c ' 1 '
      cut -f9 log | sort -u | wc -l
      """
    ) { $0.directory = folder.path }
    #expect(run.lines == ["601", "601"] && run.errors.isEmpty, "\(run)")
  }

  /// Nothing is left of what the halt has ended, also what took no notice.
  @Test func aHaltLeavesNoProcess() async throws {
    let run = try await shell(
      """
      poolsh -c 'pool new -w 8; map --halt now,fail=1 sh ::: $@' \
        'exec sleep 98765' 'sleep 98765 & sleep 98765' 'trap "" TERM; sleep 98765; sleep 98765' \
        'sleep 0.2; exit 1' 2> errors > /dev/null
      grep -o 'halted by.*' errors
      grep -l 98765 /proc/[0-9]*/cmdline 2> /dev/null | while read file; do
        tr '\\0' ' ' < $file | grep -x 'sleep 98765 '
      done
      """)
    #expect(
      run.lines == ["halted by now,fail=1: 1 of 4 items failed: 4; terminated: 1..3"], "\(run)")
  }
}
