package dev.swarmlens.analyzer.inventory;

/** One small swarm, as Docker prints it: an overlay of two subnets, two nodes, a service and its task. */
final class Printed {

    static final String OVERLAY = """
            [{"Name": "shop_net", "Id": "n1", "Created": "2026-11-22T11:33:27.645509565Z", "Scope": "swarm",
              "Driver": "overlay", "IPAM": {"Options": null, "Config": [
                {"Subnet": "10.0.9.0/24", "Gateway": "10.0.9.1"}, {"Subnet": "10.0.19.0/24"}]},
              "Ingress": false,
              "Containers": {
                "c1": {"Name": "shop.1.t1", "MacAddress": "02:42:0A:00:09:03", "IPv4Address": "10.0.9.3/24",
                       "IPv6Address": ""},
                "lb-shop_net": {"Name": "shop_net-endpoint", "MacAddress": "02:42:0a:00:09:04",
                       "IPv4Address": "10.0.9.4/24", "IPv6Address": ""}},
              "Options": {"com.docker.network.driver.overlay.vxlanid_list": "4097, 4098", "encrypted": ""},
              "Labels": null,
              "Peers": [{"Name": "a", "IP": "192.168.1.10"}, {"Name": "b", "IP": "192.168.1.9"}]}]
            """;

    static final String NODES = """
            [{"ID": "node1", "Version": {"Index": 7}, "Spec": {"Role": "manager"},
              "Description": {"Hostname": "alpha"}, "Status": {"State": "ready", "Addr": "0.0.0.0"},
              "ManagerStatus": {"Addr": "192.168.1.9:2377"}}]
            {"ID": "node2", "Spec": {"Role": "worker"}, "Description": {"Hostname": "Beta"},
             "Status": {"State": "down", "Addr": "192.168.1.10"}}
            """;

    static final String SERVICE = """
            {"ID": "s1", "Version": {"Index": 20}, "Spec": {"Name": "shop", "TaskTemplate": {}},
             "Endpoint": {"Spec": {"Mode": "vip"},
               "Ports": [
                 {"Protocol": "tcp", "TargetPort": 80, "PublishedPort": 8000, "PublishMode": "ingress"},
                 {"Protocol": "udp", "TargetPort": 53, "PublishedPort": 8000, "PublishMode": "host"}],
               "VirtualIPs": [{"NetworkID": "n1", "Addr": "10.0.9.2/24"}]}}
            """;

    static final String TASK = """
            {"ID": "t1", "CreatedAt": "2026-11-22T11:34:00Z", "ServiceID": "s1", "Slot": 1, "NodeID": "node1",
             "Status": {"State": "running", "ContainerStatus": {"ContainerID": "c1"}}, "DesiredState": "running",
             "NetworksAttachments": [{"Network": {"ID": "n1"}, "Addresses": ["10.0.9.3/24"]}]}
            """;

    private Printed() {}
}
