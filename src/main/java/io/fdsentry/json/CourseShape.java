package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Course;
import io.fdsentry.model.CourseBounds;
import io.fdsentry.model.Drawn;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/// Counts over time, as arrays of equal length: `at` in seconds since 1970, and one for each thing that is
/// known; null where it could not be seen.
public final class CourseShape {
    private CourseShape() {}

    /// One process, everything that is drawn.
    public static void one(Course course, CourseBounds bounds, Writer out) throws IOException {
        JsonWriter json = Shape.writer(out);
        json.beginObject();
        bounds(json, bounds);
        identity(json, course);
        for (Drawn what : Drawn.values()) {
            counts(json, course, what);
        }
        json.endObject();
        json.flush();
    }

    /// Every process, its open fds alone.
    public static void fds(List<Course> courses, CourseBounds bounds, Writer out) throws IOException {
        JsonWriter json = Shape.writer(out);
        json.beginObject();
        bounds(json, bounds);
        json.name("items").beginArray();
        for (Course course : courses) {
            json.beginObject();
            identity(json, course);
            counts(json, course, Drawn.FDS);
            json.endObject();
        }
        json.endArray();
        json.endObject();
        json.flush();
    }

    private static void bounds(JsonWriter json, CourseBounds bounds) throws IOException {
        Fields fields = new Fields(json);
        json.name("bounds").beginObject();
        fields.number("most_bytes", bounds.mostBytes());
        fields.number("bytes", bounds.bytes());
        fields.number("most_points", bounds.mostPoints());
        json.endObject();
    }

    private static void identity(JsonWriter json, Course course) throws IOException {
        Fields fields = new Fields(json);
        fields.number("pid", course.id().pid());
        fields.number("start_ticks", course.id().startTicks());
        json.name("at").beginArray();
        for (int i = 0; i < course.size(); i++) {
            json.value(course.at(i).getEpochSecond());
        }
        json.endArray();
    }

    private static void counts(JsonWriter json, Course course, Drawn what) throws IOException {
        if (!course.knows(what)) {
            return;
        }
        json.name(what.label()).beginArray();
        for (int i = 0; i < course.size(); i++) {
            json.value(course.count(what, i));
        }
        json.endArray();
    }
}
