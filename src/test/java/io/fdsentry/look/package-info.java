/// What people look at: the shipped Grafana dashboards, held against what fdsentry exports and what Prometheus
/// answers, and the page of the distribution.
@NullMarked
package io.fdsentry.look;

import org.jspecify.annotations.NullMarked;
