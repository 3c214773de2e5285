#ifndef CPLATFORM_THREADS_H
#define CPLATFORM_THREADS_H

#include <pthread.h>

/// Names the calling thread in the operating system; the kernel keeps the first 15 bytes.
void cplatform_set_thread_name(const char *name);

/// How many processors the calling process may use (its affinity mask), at least 1.
int cplatform_usable_processors(void);

/// Makes an attribute ask for a mutex whose contenders spin briefly before they sleep.
int cplatform_mutexattr_set_adaptive(pthread_mutexattr_t *attributes);

/// One pointer per thread: which worker the calling thread is. NULL if it is none.
void *cplatform_current_worker(void);
void cplatform_set_current_worker(void *worker);

/// Tells the processor that this is a spin-wait loop.
static inline void cplatform_spin_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__) || defined(__arm__)
  __asm__ __volatile__("yield");
#endif
}

#endif
