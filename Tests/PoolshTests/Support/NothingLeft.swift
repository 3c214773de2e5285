/// A look of poolsh at itself: whether its jobs have left a descriptor or a child behind.
enum NothingLeft {
  /// Goes before the jobs: counts the descriptors.
  static let before = "let before = $(sh 'ls /proc/$PPID/fd | wc -l')"

  /// What `script` writes, in a line of its own, if all is well.
  static let word = "nothing left"

  /// Goes after the jobs.
  ///
  /// There may be one more descriptor than before, the file of large outputs, and one child, the one that counts.
  static let script = """
    sh 'count() {
      for try in $(seq 300); do
        descriptors=$(ls /proc/$PPID/fd | wc -l)
        children=$(grep -l "^PPid:.$PPID$" /proc/[0-9]*/status 2> /dev/null | wc -l)
        [ $descriptors -le $(($1 + 1)) ] && [ $children = 1 ] && exec printf "\\n\(word)\\n"
        sleep 0.1
      done
      printf "\\n%s descriptors, %s children\\n" $descriptors $children
    }
    count' $before
    """
}
