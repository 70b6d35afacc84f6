using System.Text.Json;

namespace Mu.Lua.Diagnostics;

/// <summary>Profiles in the file format of speedscope (github.com/jlfwong/speedscope, file-format-spec).</summary>
internal static class SpeedscopeFile
{
    /// <summary>Writes a profile.</summary>
    public static void Write(Stream output, string name, SamplingProfiler profile)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("$schema", "https://www.speedscope.app/file-format-schema.json");
        json.WriteString("exporter", "mulua");
        json.WriteString("name", name);
        json.WriteStartObject("shared");
        json.WriteStartArray("frames");
        foreach (ProfileFrame frame in profile.Frames) Write(json, frame);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("profiles");
        WriteSamples(json, name, profile.Samples);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ProfileFrame frame)
    {
        json.WriteStartObject();
        json.WriteString("name", frame.Name);
        json.WriteString("file", frame.File);
        if (frame.Line > 0) json.WriteNumber("line", frame.Line);
        json.WriteEndObject();
    }

    private static void WriteSamples(Utf8JsonWriter json, string name, IReadOnlyList<(int[] Stack, TimeSpan Time)> samples)
    {
        json.WriteStartObject();
        json.WriteString("type", "sampled");
        json.WriteString("name", name);
        json.WriteString("unit", "microseconds");
        json.WriteNumber("startValue", 0);
        json.WriteNumber("endValue", samples.Sum(sample => Microseconds(sample.Time)));
        json.WriteStartArray("samples");
        foreach (var (stack, _) in samples)
        {
            json.WriteStartArray();
            foreach (int frame in stack) json.WriteNumberValue(frame);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("weights");
        foreach (var (_, time) in samples) json.WriteNumberValue(Microseconds(time));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static long Microseconds(TimeSpan time) => (long)time.TotalMicroseconds;
}
