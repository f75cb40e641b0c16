package org.heliograph.node.spool;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one of those who bring the same thing at once decide what becomes of it. */
final class Claims {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Set<String> taken = new HashSet<>();

  interface Claim extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits until nobody else has it. */
  Claim take(String what) {
    lock.lock();
    try {
      while (!taken.add(what)) {
        released.awaitUninterruptibly();
      }
      return () -> release(what);
    } finally {
      lock.unlock();
    }
  }

  private void release(String what) {
    lock.lock();
    try {
      taken.remove(what);
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
