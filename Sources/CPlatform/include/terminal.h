#ifndef CPLATFORM_TERMINAL_H
#define CPLATFORM_TERMINAL_H

#include <stdint.h>

/// How many columns of a terminal a character takes: 0 for a combining one, 2 for most of East Asia
/// and for emoji, -1 if it cannot be printed. The same in every locale.
int cplatform_character_width(uint32_t scalar);

#endif
