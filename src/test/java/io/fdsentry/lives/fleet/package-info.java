/// Days in the life of services that leak nothing, played through the detector: rollouts, replicas that come and go by
/// the hundred, canaries, warm-up, caches and stores that fill, pools that fall asleep.
@NullMarked
package io.fdsentry.lives.fleet;

import org.jspecify.annotations.NullMarked;
