#include "terminal.h"

#include <locale.h>
#include <pthread.h>
#include <wchar.h>

// `wcwidth` knows only what the locale's character set has; the process itself stays in the locale that it is in.
static locale_t unicode;

static void make_locale(void) { unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL); }

int cplatform_character_width(uint32_t scalar) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_locale);
  // Without the locale, rather too wide than too narrow.
  if (unicode == NULL) return scalar < 0x300 ? 1 : 2;
  locale_t former = uselocale(unicode);
  int width = wcwidth((wchar_t)scalar);
  uselocale(former);
  return width;
}
