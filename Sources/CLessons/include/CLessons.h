#ifndef CLESSONS_H
#define CLESSONS_H

#include <stddef.h>

/// A file of Sources/PoolShell/Lessons, as it was when the program was built.
struct clessons_file {
  /// Its folder, such as `en`.
  const char *_Nonnull language;
  /// Without `.md`.
  const char *_Nonnull name;
  const unsigned char *_Nullable bytes;
  size_t size;
};

/// How many there are.
size_t clessons_count(void);

/// One of them, from 0.
struct clessons_file clessons_file(size_t index);

#endif
