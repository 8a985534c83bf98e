package io.slabcache.bench.attach;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import jdk.management.jfr.EventTypeInfo;
import jdk.management.jfr.FlightRecorderMXBean;

/** The settings of the recording, as the Flight Recorder names them. */
final class FeedSettings {

    private static final String ENABLED = "enabled";

    private FeedSettings() {}

    static Map<String, String> of(Duration period, boolean isDetailed) {
        Map<String, String> settings = new HashMap<>();
        put(settings, EventReader.STATISTICS, period, true);
        EventReader.DETAILS.forEach(event -> put(settings, event, period, isDetailed));
        return settings;
    }

    private static void put(Map<String, String> settings, String event, Duration period, boolean isEnabled) {
        settings.put(event + "#" + ENABLED, Boolean.toString(isEnabled));
        settings.put(event + "#period", period.toMillis() + " ms");
    }

    /**
     * Returns settings that turn off all events that a recording has otherwise: those of the program and of the library
     * that are not asked for. They would cost the JVM time.
     */
    static Map<String, String> withoutOthers(MBeanServerConnection jvm) {
        Map<String, String> settings = new HashMap<>();
        for (EventTypeInfo type : recorder(jvm).getEventTypes()) {
            boolean isOn = type.getSettingDescriptors().stream()
                    .anyMatch(setting -> setting.getName().equals(ENABLED)
                            && setting.getDefaultValue().equals("true"));
            if (isOn) {
                settings.put(type.getName() + "#" + ENABLED, "false");
            }
        }
        return settings;
    }

    private static FlightRecorderMXBean recorder(MBeanServerConnection jvm) {
        try {
            return JMX.newMXBeanProxy(
                    jvm, new ObjectName(FlightRecorderMXBean.MXBEAN_NAME), FlightRecorderMXBean.class);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
