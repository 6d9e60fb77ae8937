import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Makes a report now and then, with a connection from a pool. leaky forgets to give the connection back when the report
/// is empty, which one in four is; repaired gives it back always.
///
/// Usage: java -cp JARS Reports.java leaky|repaired JDBC_URL USER REPORTS_A_SECOND
class Reports {
    public static void main(String[] args) throws InterruptedException {
        boolean leaky = args[0].equals("leaky");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[1]);
        config.setUsername(args[2]);
        config.setMaximumPoolSize(1000);
        config.setMinimumIdle(2);
        config.setPoolName("reports");
        long pause = (long) (1000 / Double.parseDouble(args[3]));
        HikariDataSource pool = new HikariDataSource(config);
        for (int number = 0; ; number++) {
            try {
                report(pool, leaky, number % 4 == 0);
            } catch (SQLException e) {
                System.err.println(e.getMessage());
            }
            Thread.sleep(pause);
        }
    }

    private static void report(HikariDataSource pool, boolean leaky, boolean empty) throws SQLException {
        Connection connection = pool.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM generate_series(1, 1000)");
        }
        if (empty && leaky) {
            return;
        }
        connection.close();
    }
}
