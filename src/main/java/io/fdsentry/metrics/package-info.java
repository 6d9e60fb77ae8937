/// The last [io.fdsentry.model.Board] as Prometheus metrics; names, help and units stand in one table.
///
/// The only room that knows the Prometheus client. It never samples: a scrape formats the last round, whatever
/// the number of scrapers. It must not know procfs, the detector or HTTP.
@NullMarked
package io.fdsentry.metrics;

import org.jspecify.annotations.NullMarked;
