#include "threads.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void cplatform_set_thread_name(const char *name) {
  char short_name[16];
  strncpy(short_name, name, sizeof short_name - 1);
  short_name[sizeof short_name - 1] = '\0';
  pthread_setname_np(pthread_self(), short_name);
}

// The mask is grown until the kernel accepts it: machines with more than 1,024 processors exist.
int cplatform_usable_processors(void) {
  for (int processors = 1024; processors <= 1024 * 1024; processors *= 2) {
    cpu_set_t *set = CPU_ALLOC(processors);
    if (set == NULL) break;
    size_t size = CPU_ALLOC_SIZE(processors);
    if (sched_getaffinity(0, size, set) == 0) {
      int count = CPU_COUNT_S(size, set);
      CPU_FREE(set);
      return count > 0 ? count : 1;
    }
    CPU_FREE(set);
  }
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

int cplatform_mutexattr_set_adaptive(pthread_mutexattr_t *attributes) {
  return pthread_mutexattr_settype(attributes, PTHREAD_MUTEX_ADAPTIVE_NP);
}

static _Thread_local void *current_worker;

void *cplatform_current_worker(void) { return current_worker; }
void cplatform_set_current_worker(void *worker) { current_worker = worker; }
