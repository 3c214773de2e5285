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
    {"en", "01-why-a-pool", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/01-why-a-pool.md" suffix(, 0)
    }},
    {"en", "02-your-first-future", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/02-your-first-future.md" suffix(, 0)
    }},
    {"en", "03-the-life-of-a-future", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/03-the-life-of-a-future.md" suffix(, 0)
    }},
    {"en", "04-map-and-as-completed", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/04-map-and-as-completed.md" suffix(, 0)
    }},
    {"en", "05-callbacks-and-waiting", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/05-callbacks-and-waiting.md" suffix(, 0)
    }},
    {"en", "06-downloads", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/06-downloads.md" suffix(, 0)
    }},
    {"en", "07-how-many-workers", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/07-how-many-workers.md" suffix(, 0)
    }},
    {"en", "08-names-and-initializers", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/08-names-and-initializers.md" suffix(, 0)
    }},
    {"en", "09-callbacks", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/09-callbacks.md" suffix(, 0)
    }},
    {"en", "10-exceptions", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/10-exceptions.md" suffix(, 0)
    }},
    {"en", "11-many-failures", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/11-many-failures.md" suffix(, 0)
    }},
    {"en", "12-cancelling", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/12-cancelling.md" suffix(, 0)
    }},
    {"en", "13-timeouts", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/13-timeouts.md" suffix(, 0)
    }},
    {"en", "14-shutdown", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/14-shutdown.md" suffix(, 0)
    }},
    {"en", "15-waiting-or-computing", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/15-waiting-or-computing.md" suffix(, 0)
    }},
    {"en", "16-deadlock", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/16-deadlock.md" suffix(, 0)
    }},
    {"en", "17-how-the-inside-works", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/17-how-the-inside-works.md" suffix(, 0)
    }},
    {"en", "18-good-habits", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/18-good-habits.md" suffix(, 0)
    }},
    {"en", "words", (const unsigned char[]){
#embed "../PoolShell/Lessons/en/words.md" suffix(, 0)
    }},
    {"zh", "01-why-a-pool", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/01-why-a-pool.md" suffix(, 0)
    }},
    {"zh", "02-your-first-future", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/02-your-first-future.md" suffix(, 0)
    }},
    {"zh", "03-the-life-of-a-future", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/03-the-life-of-a-future.md" suffix(, 0)
    }},
    {"zh", "04-map-and-as-completed", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/04-map-and-as-completed.md" suffix(, 0)
    }},
    {"zh", "05-callbacks-and-waiting", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/05-callbacks-and-waiting.md" suffix(, 0)
    }},
    {"zh", "06-downloads", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/06-downloads.md" suffix(, 0)
    }},
    {"zh", "07-how-many-workers", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/07-how-many-workers.md" suffix(, 0)
    }},
    {"zh", "08-names-and-initializers", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/08-names-and-initializers.md" suffix(, 0)
    }},
    {"zh", "09-callbacks", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/09-callbacks.md" suffix(, 0)
    }},
    {"zh", "10-exceptions", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/10-exceptions.md" suffix(, 0)
    }},
    {"zh", "11-many-failures", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/11-many-failures.md" suffix(, 0)
    }},
    {"zh", "12-cancelling", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/12-cancelling.md" suffix(, 0)
    }},
    {"zh", "13-timeouts", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/13-timeouts.md" suffix(, 0)
    }},
    {"zh", "14-shutdown", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/14-shutdown.md" suffix(, 0)
    }},
    {"zh", "15-waiting-or-computing", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/15-waiting-or-computing.md" suffix(, 0)
    }},
    {"zh", "16-deadlock", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/16-deadlock.md" suffix(, 0)
    }},
    {"zh", "17-how-the-inside-works", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/17-how-the-inside-works.md" suffix(, 0)
    }},
    {"zh", "18-good-habits", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/18-good-habits.md" suffix(, 0)
    }},
    {"zh", "words", (const unsigned char[]){
#embed "../PoolShell/Lessons/zh/words.md" suffix(, 0)
    }},
};

size_t clessons_count(void) { return sizeof entries / sizeof entries[0]; }

struct clessons_file clessons_file(size_t index) {
  const struct entry *entry = &entries[index];
  struct clessons_file file = {
      entry->language, entry->name, entry->bytes, strlen((const char *)entry->bytes)};
  return file;
}
