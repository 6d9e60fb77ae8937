package io.fdsentry.incidents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The list of all reports: of each its title and what it says in short.
final class ReportList {
    private ReportList() {}

    static void write(Path folder) throws IOException {
        StringBuilder list = new StringBuilder("""
                # The incidents, played

                Eight leaks as they happened, played by `scripts/incident.sh all` with real programs, real sockets, fdsentry \
                as it is packaged, and a real Prometheus and Alertmanager with the shipped rules; then repaired, and played \
                again. The programs are in [src/incidents](../../src/incidents). These pages are written by the runs; no \
                figure in them is typed by hand.

                | incident | told |
                |---|---|
                """);
        for (Incident incident : Incident.values()) {
            Path report = folder.resolve(incident.folder() + ".md");
            if (Files.exists(report)) {
                list.append(row(incident, Files.readAllLines(report)));
            }
        }
        Files.writeString(folder.resolve("README.md"), list.toString());
    }

    private static String row(Incident incident, List<String> report) {
        String title = report.getFirst().substring(2);
        String told = report.stream()
                .filter(line -> line.startsWith("> "))
                .findFirst()
                .orElseThrow()
                .substring(2);
        return "| [%s](%s.md) | %s |\n".formatted(title, incident.folder(), told);
    }
}
