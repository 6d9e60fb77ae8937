/// The shipped Grafana dashboards, held against what fdsentry exports and what Prometheus answers.
@NullMarked
package io.fdsentry.grafana;

import org.jspecify.annotations.NullMarked;
