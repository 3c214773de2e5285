/// A page of help about what is no command.
struct HelpTopic: Sendable {
  let name: String
  let summary: String
  /// Lines that fit, as they are shown.
  let text: String

  static let all = [selectors, items, joblog, quoting, language, keys, commands]

  static func named(_ name: String) -> HelpTopic? { all.first { $0.name == name } }

  /// Summary and text, as `help NAME` shows them.
  var page: String { "\(name): \(summary)\n\n\(text)" }

  private static let commands = HelpTopic(
    name: "commands", summary: "every command with a line on each", text: Help.commandList)

  private static let selectors = HelpTopic(
    name: "selectors", summary: "how futures are named, wherever SEL or ID stands",
    text: """
      3  3 5  3..7    by id; ids count from 1 and are never used again
      last            the newest future
      all             every future
      pending  running  finished  failed  cancelled  skipped
                      those in that state
      done            finished, failed, cancelled or skipped
      unseen          those whose outcome nobody has looked at: with result,
                      exception, as_completed, map, race or info
      @label          those submitted with --as label
      $done $not_done what the last wait has found
      $name           the ids that let name = $(submit …) has kept

      Several add up, each future once, in order of id: result 3 5..7 @net
      ID is the same, but must select one future. An id or label that nothing has
      is an error; a state that nothing is in is not.
      """)

  private static let items = HelpTopic(
    name: "items", summary: "what stands behind ::: and in for, and where it goes",
    text: """
      ::: a b c       words          1..5        whole numbers, both ends included
      ::: *.txt       paths          ::: $(CMD)  the lines that a command gives
      :::: FILE       the lines of a file; - is standard input
      ::: a b ::: x y two lists need --zip (pairs) or --cross (every combination)
      -0 :::: FILE    what the file has between NUL bytes
      --colsep REGEX  cuts each item into columns; -n N gives each job N items

      In the command an item goes where a placeholder stands; without one it is
      appended as a word. A block reads it as $item, several as $item1 $item2.

      {}   the item                  {1} {2}  that of the first, second list; or
      {.}  without its extension              column; or of the N of a job
      {/}  without its directory     {-1}     the last one
      {//} its directory             {#}      the number of the job, from 1
      {/.} without both              {%}      the worker that runs it, from 1
      {1/.} {-1//} and so on; {} of several are as many words

        map sh 'gzip -k {}' ::: *.log
        submit --zip print {2} of {1} ::: a b ::: 1 2
        map --colsep , print {2} by {1} :::: books.csv
      """)

  private static let joblog = HelpTopic(
    name: "joblog", summary: "a record of jobs, going on from it, and when to stop",
    text: """
      --joblog FILE appends a line for each attempt, in the columns of GNU parallel;
      Seq is the place in the list, Receive the bytes on standard output.

      Exitval Signal
            0 0        it succeeded
            N 0        it failed: the status of its program, or 1
            0 N        the signal N killed its program
           -1 N        it ran out of time
           -1 0        it was stopped with the whole run: still to be done

      --resume         skips what has run to its end, also if it failed
      --resume-failed  skips what has succeeded
      A job is found by its command as jobs shows it, wherever it stands in the list;
      the same command twice is skipped as often as the log has it.

        map --joblog log --resume sh 'gzip {}' ::: *.txt
        map --halt now,fail=1 exec make -C ::: a b c     end all when one has failed
        map --halt soon,done=10% sh ./try ::: 1..50      let what runs finish
      """)

  private static let quoting = HelpTopic(
    name: "quoting", summary: "words, quotes, variables",
    text: """
      'text'          as it is
      "text"          with $name, ${name}, $(command); \\ before $ " \\ ` quotes them
      \\x              the character x, whatever it means otherwise
      # at the beginning of a word is a comment; \\ at the end of a line joins lines

      $name ${name}   a variable, one word whatever is in it; without one of that
                      name that of the environment, without that an error
      ${name:-word}   the word, where the variable is not set or empty
      $(command)      the value of a command, without newlines at its end
      $worker         the name of the thread
      $1 $2 $@ $#     arguments of the script

      A list of ids stays a list: let a = $(submit sleep 1 ::: 1..3); wait $a
      | & < > ( ) ` mean nothing here and need quotes; for pipes: sh 'ls | sort'
      """)

  private static let language = HelpTopic(
    name: "language", summary: "how commands are put together",
    text: """
      a; b            one after the other; a line each is the same
      a && b          b if a did not fail and did not give false
      a || b          b if it did
      { a; b }        a block, itself a command; { and } are words of their own
      submit { … }    a block as a task; so with map, time, repeat, on_done
      def f x { … }   a command with parameters; return gives its value
      for x in 1..3 { … }      try { … } catch { … }, the message is in $error
      let x = word    with pool -w 4 { … }    as_completed do { … }
      ! line          the rest of the line for /bin/sh, on the terminal
      exec prog …     a program as a task can run it; sh 'line' with /bin/sh

      In names of commands and options _ and - are alike. --name=value is
      --name value; -- ends options. Those of submit, map, time and repeat stand
      before the command. Durations: 0.5, 500ms, 2s, 1m, 1h.
      An open quote, block or $(, and a \\ at the end, go on in the next line.
      """)

  private static let keys = HelpTopic(
    name: "keys", summary: "the keys of the prompt",
    text: """
      Tab             completes; where several words fit, lists them
      Up  Down        older and newer entries that begin with what is typed; Ctrl-P
                      and Ctrl-N, whatever they begin with
      Ctrl-R          searches all entries; again: further back; Ctrl-G gives up
      Right  End      at the end of the line take the grey rest of a former entry
      Alt-Enter       a new line in the same entry
      Ctrl-A  Ctrl-E  beginning and end     Alt-B  Alt-F   a word back, on
      Alt-D           cuts a word           Ctrl-U Ctrl-K  cut the line, its rest
      Ctrl-Y          puts back what was cut               Ctrl-L  clears the screen
      Ctrl-C          drops the line; while a command waits, ends the waiting and the
                      work goes on. At the end of the session, while it waits for
                      work: again within two seconds cancels what is queued and ends
                      programs, a third time leaves at once
      Ctrl-D          on an empty line: leaves, once the work is done
      Ctrl-Z          suspends poolsh; fg brings it back

      The keys are those of emacs; for those of vi: set editor vi
      An entry that begins with a blank is not kept in the history.
      """)
}

extension Help {
  /// The topics as completion shows them.
  static var topicNotes: [(String, String)] { HelpTopic.all.map { ($0.name, $0.summary) } }
}
