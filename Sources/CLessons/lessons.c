#include "CLessons.h"

#include <string.h>

// The texts stay where they are read and translated; here each is named. The compiler notes them as what this file is
// made of, so that a changed text is built in again.
#pragma clang diagnostic ignored "-Wc23-extensions"

struct entry {
  const char *language;
  const char *name;
  const unsigned char *bytes;
};

static const struct entry entries[] = {
    {"en", "words", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/words.md" suffix(, 0)
    }},
};

size_t clessons_count(void) { return sizeof entries / sizeof entries[0]; }

struct clessons_file clessons_file(size_t index) {
  const struct entry *entry = &entries[index];
  struct clessons_file file = {
      entry->language, entry->name, entry->bytes, strlen((const char *)entry->bytes)};
  return file;
}
