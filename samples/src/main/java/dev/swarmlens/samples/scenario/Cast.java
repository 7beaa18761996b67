package dev.swarmlens.samples.scenario;

import dev.swarmlens.samples.scenario.Scenario.ClientPlan;
import dev.swarmlens.samples.scenario.Scenario.NetworkPlan;
import dev.swarmlens.samples.scenario.Scenario.NodePlan;
import dev.swarmlens.samples.scenario.Scenario.ServicePlan;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** All that a scenario has named so far, in its order. */
final class Cast {
    final Map<String, NodePlan> nodes = new LinkedHashMap<>();
    final Map<String, NetworkPlan> networks = new LinkedHashMap<>();
    final Map<String, ServicePlan> services = new LinkedHashMap<>();
    final Map<String, ClientPlan> clients = new LinkedHashMap<>();
    final Set<String> tasks = new LinkedHashSet<>();

    /** The service of that name, or of the task of that name; null if there is none. */
    ServicePlan service(String serviceOrTask) {
        return services.get(serviceOrTask.replaceFirst("\\.\\d+$", ""));
    }

    /** Whether a name is a task's. */
    boolean isTask(String name) {
        return tasks.contains(name);
    }
}
