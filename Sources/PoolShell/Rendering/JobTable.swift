/// Futures as a table, and one future in full.
enum JobTable {
  private static let header = ["id", "state", "worker", "waited", "ran", "task"]
  /// Numbers are set to the right.
  private static let rightAligned: Set<Int> = [0, 3, 4]

  /// Tasks get so many columns at least.
  private static let leastTask = 12

  /// - Parameters:
  ///   - jobs: A row for each.
  ///   - columns: How wide the terminal is: a task for which a row has no room is cut; `nil` leaves all whole.
  /// - Returns: Them, below a heading.
  static func text(_ jobs: [JobSummary], columns: Int? = nil) -> StyledText {
    var rows = [header.map { StyledText($0, .heading) }] + jobs.map(row)
    if let columns {
      let before = TextTable.widths(rows).dropLast().reduce(0) { $0 + $1 + TextTable.gap.count }
      let room = max(leastTask, columns - before)
      for index in jobs.indices {
        rows[index + 1][header.count - 1] = StyledText(shortened(jobs[index].task, columns: room))
      }
    }
    return TextTable.text(rows, rightAligned: rightAligned)
  }

  private static func shortened(_ task: String, columns: Int) -> String {
    let task = Printable.text(task)
    if DisplayWidth.columns(task) <= columns { return task }
    return DisplayWidth.prefix(task, columns: columns - 3) + "..."
  }

  private static func row(_ job: JobSummary) -> [StyledText] {
    [
      "\(job.id)", .state(job.state), StyledText(job.worker ?? "-"),
      StyledText(Durations.text(seconds: job.waited)),
      StyledText(job.ran.map(Durations.text(seconds:)) ?? "-"), StyledText(job.task),
    ]
  }

  static func text(_ details: JobDetails) -> StyledText {
    "id: \(details.job.id)\nstate: \(.state(details.job.state))\n" + otherLines(details)
  }

  private static func otherLines(_ details: JobDetails) -> StyledText {
    let job = details.job
    var lines = [("task", job.task)]
    if let item = details.item { lines.append(("item", item)) }
    if let label = details.label { lines.append(("label", "@" + label)) }
    lines.append(("pool", details.pool))
    if !details.after.isEmpty { lines.append(("after", IdList.text(details.after))) }
    if !details.waitsFor.isEmpty { lines.append(("waits for", IdList.text(details.waitsFor))) }
    if let priority = details.priority { lines.append(("priority", "\(priority)")) }
    if let worker = job.worker { lines.append(("worker", worker)) }
    lines.append(("waited", Durations.text(seconds: job.waited)))
    if let ran = job.ran { lines.append(("ran", Durations.text(seconds: ran))) }
    for (index, attempt) in details.attempts.enumerated() {
      lines.append(("attempt \(index + 1)", attempt.text))
    }
    switch details.ending {
    case .finished(let value) where !value.isEmpty:
      lines.append(("value", (try? value.substitutionText()) ?? "(not text)"))
    case .failed(let error): lines.append(("error", error.line))
    case .skipped(let reason): lines.append(("error", reason))
    default: break
    }
    return lines.map { name, value in
      "\("\(name):", name == "error" ? .error : nil) \(value)\n"
    }.joined()
  }
}

/// The pools as a table.
enum PoolTableText {
  static func text(_ pools: [PoolSummary]) -> String {
    pools.map { pool in
      let mark = pool.isCurrent ? "* " : "  "
      let state = pool.stateName == "open" ? "" : ", \(pool.stateName)"
      return
        "\(mark)\(pool.name): \(Counted.text(pool.workers, "worker")), \(pool.started) started, "
        + "\(pool.idle) idle, \(pool.queued) queued\(state)\n"
    }.joined()
  }
}

/// Columns that line up.
enum TextTable {
  /// Between two columns.
  static let gap = "  "

  /// How wide the columns of rows are, all of which have the same length.
  static func widths(_ rows: [[StyledText]]) -> [Int] {
    (rows.first?.indices ?? 0..<0).map { column in rows.map { $0[column].count }.max() ?? 0 }
  }

  /// - Parameters:
  ///   - rows: All of the same length; the last column is not padded.
  ///   - rightAligned: The columns that are set to the right.
  /// - Returns: A line for each row.
  static func text(_ rows: [[StyledText]], rightAligned: Set<Int> = []) -> StyledText {
    let widths = widths(rows)
    let columns = widths.count
    var table = StyledText()
    for row in rows {
      for (column, cell) in row.enumerated() {
        let isLast = column == columns - 1
        let padding = isLast ? "" : String(repeating: " ", count: widths[column] - cell.count)
        let isRight = rightAligned.contains(column)
        table.append("\(isRight ? padding : "")\(cell)\(isRight ? "" : padding)")
        table.append(StyledText(isLast ? "\n" : gap))
      }
    }
    return table
  }

  /// The same without styles.
  static func text(_ rows: [[String]], rightAligned: Set<Int> = []) -> String {
    let rows = rows.map { $0.map { StyledText($0) } }
    return text(rows, rightAligned: rightAligned).plain
  }
}
