package dev.swarmlens.analyzer.inventory;

import static dev.swarmlens.analyzer.inventory.Fields.address;
import static dev.swarmlens.analyzer.inventory.Fields.at;
import static dev.swarmlens.analyzer.inventory.Fields.each;
import static dev.swarmlens.analyzer.inventory.Fields.firstKnown;
import static dev.swarmlens.analyzer.inventory.Fields.has;
import static dev.swarmlens.analyzer.inventory.Fields.text;
import static dev.swarmlens.analyzer.inventory.Fields.time;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads networks, as {@code docker network inspect} prints them and as tasks quote them. */
final class NetworkReader {

    private static final String VNI_OPTION = "com.docker.network.driver.overlay.vxlanid_list";
    private static final String ENCRYPTED_OPTION = "encrypted";
    private static final Pattern COMMA = Pattern.compile(",");
    private static final int LARGEST_VNI = 0xFFFFFF;

    private NetworkReader() {}

    static Optional<Network> fromInspect(JsonNode json) {
        return Optional.of(new Network(
                text(json, "Id"),
                text(json, "Name"),
                text(json, "Driver"),
                text(json, "Scope"),
                at(json, "Ingress").asBoolean(false),
                at(json, "Options").has(ENCRYPTED_OPTION),
                texts(each(json, "IPAM", "Config"), "Subnet"),
                texts(each(json, "IPAM", "Config"), "Gateway"),
                vnis(text(json, "Options", VNI_OPTION)),
                each(json, "Peers").stream()
                        .map(peer -> address(peer, "IP"))
                        .filter(ip -> !ip.isEmpty())
                        .sorted(AddressOrder.INSTANCE)
                        .toList(),
                time(json, "Created")));
    }

    /** The network that a task is attached to; empty if the task does not say which. */
    static Optional<Network> fromTask(JsonNode json) {
        if (!has(json, "ID")) {
            return Optional.empty();
        }
        JsonNode options = at(json, "DriverState", "Options");
        return Optional.of(new Network(
                text(json, "ID"),
                text(json, "Spec", "Name"),
                text(json, "DriverState", "Name"),
                firstKnown(text(json, "Spec", "Scope"), "swarm"),
                at(json, "Spec", "Ingress").asBoolean(false),
                options.has(ENCRYPTED_OPTION)
                        || at(json, "Spec", "DriverConfiguration", "Options").has(ENCRYPTED_OPTION),
                texts(each(json, "IPAMOptions", "Configs"), "Subnet"),
                texts(each(json, "IPAMOptions", "Configs"), "Gateway"),
                vnis(text(options, VNI_OPTION)),
                List.of(),
                time(json, "CreatedAt")));
    }

    /** Unites what two files tell about one network: a node that is not attached knows less of it. */
    static Network unite(Network one, Network other) {
        return new Network(
                one.id(),
                firstKnown(one.name(), other.name()),
                firstKnown(one.driver(), other.driver()),
                firstKnown(one.scope(), other.scope()),
                one.ingress() || other.ingress(),
                one.encrypted() || other.encrypted(),
                longer(one.subnets(), other.subnets()),
                longer(one.gateways(), other.gateways()),
                longer(one.vnis(), other.vnis()),
                Stream.concat(one.peers().stream(), other.peers().stream())
                        .distinct()
                        .sorted(AddressOrder.INSTANCE)
                        .toList(),
                one.created().or(other::created));
    }

    private static <T> List<T> longer(List<T> one, List<T> other) {
        return one.size() >= other.size() ? one : other;
    }

    private static List<String> texts(List<JsonNode> objects, String member) {
        return objects.stream()
                .map(object -> text(object, member))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static List<Integer> vnis(String list) {
        List<Integer> vnis = new ArrayList<>();
        COMMA.splitAsStream(list).map(String::strip).forEach(written -> {
            try {
                int vni = Integer.parseInt(written);
                if (vni >= 0 && vni <= LARGEST_VNI) {
                    vnis.add(vni);
                }
            } catch (NumberFormatException odd) {
                // A user may have written anything; the network is then one without this VNI.
            }
        });
        return vnis;
    }
}
