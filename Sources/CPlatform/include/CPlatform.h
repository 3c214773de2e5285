// What Swift cannot call by itself: GNU-only functions, function-like macros, variadics. No policy here.
#ifndef CPLATFORM_H
#define CPLATFORM_H

#include "jobcontrol.h"
#include "processes.h"
#include "spawning.h"
#include "terminal.h"
#include "threads.h"

#endif
